"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { useToast } from "@/app/ui/toast";

/** After a change to what is measured, settled or expected: say it, and look again. */
export function useQualityChanged() {
  const t = useT();
  const toast = useToast();
  const trpc = useTRPC();
  const queries = useQueryClient();
  return {
    onError: (error: unknown) => toast({ text: errorMessage(error, t), tone: "danger" }),
    done: async (text?: string) => {
      if (text) toast({ text });
      await queries.invalidateQueries(trpc.quality.pathFilter());
    },
  };
}

/** Ends a notice to a labeler. */
export function useSettleNotice() {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = useQualityChanged();
  return useMutation(
    trpc.quality.settle.mutationOptions({ onError, onSuccess: () => done(t("labeler.settled")) }),
  );
}
