"use client";

import { type QueryFilters, useQueryClient } from "@tanstack/react-query";
import { useToast } from "@/app/ui/toast";
import { errorMessage } from "./error-message";
import { useT } from "./i18n/client";

/** After a change: say it, and look again at what these filters name; or say why it was not made. */
export function useAfterChange(...stale: readonly QueryFilters[]) {
  const t = useT();
  const toast = useToast();
  const queries = useQueryClient();
  return {
    onError: (error: unknown) => toast({ text: errorMessage(error, t), tone: "danger" }),
    done: async (text?: string) => {
      if (text) toast({ text });
      await Promise.all(stale.map((filter) => queries.invalidateQueries(filter)));
    },
  };
}
