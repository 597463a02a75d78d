"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { errorMessage } from "@/app/lib/error-message";
import type { MessageKey } from "@/app/lib/i18n/catalogue";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { useToast } from "@/app/ui/toast";

/** What can be done with a task that several have ranked; each says when it is done. */
export function useConsensus(onDone: () => void = () => {}) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const said = (message: MessageKey) => ({
    onError: (error: unknown) => toast({ text: errorMessage(error, t), tone: "danger" }),
    onSuccess: async () => {
      toast({ text: t(message) });
      onDone();
      await queries.invalidateQueries(trpc.quality.pathFilter());
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
