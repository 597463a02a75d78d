"use client";

import { useMutation } from "@tanstack/react-query";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { useAfterChange } from "@/app/lib/use-after-change";

/** After a change to what is measured, settled or expected. */
export const useQualityChanged = () => useAfterChange(useTRPC().quality.pathFilter());

/** Ends a notice to a labeler. */
export function useSettleNotice() {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = useQualityChanged();
  return useMutation(
    trpc.quality.settle.mutationOptions({ onError, onSuccess: () => done(t("labeler.settled")) }),
  );
}
