"use client";

import { useMutation } from "@tanstack/react-query";
import type { MessageKey } from "@/app/lib/i18n/catalogue";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { useQualityChanged } from "../quality/use-quality-changed";

/** What can be done with a task that several have ranked; each says when it is done. */
export function useConsensus(onDone: () => void = () => {}) {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = useQualityChanged();
  const said = (message: MessageKey) => ({
    onError,
    onSuccess: async () => {
      onDone();
      await done(t(message));
    },
  });
  return {
    askOneMore: useMutation(trpc.quality.askOneMore.mutationOptions(said("consensus.asked"))),
    withdraw: useMutation(trpc.quality.withdraw.mutationOptions(said("consensus.withdrawn"))),
    adjudicate: useMutation(
      trpc.quality.adjudicate.mutationOptions(said("consensus.dialog.saved")),
    ),
    makeGold: useMutation(trpc.quality.makeGold.mutationOptions(said("consensus.madeGold"))),
  };
}
