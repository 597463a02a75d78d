"use client";

import { useQueryClient } from "@tanstack/react-query";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { useToast } from "@/app/ui/toast";

/** After a change to people or invitations: say it, and look again. */
export function usePeopleChanged() {
  const t = useT();
  const toast = useToast();
  const trpc = useTRPC();
  const queries = useQueryClient();
  return {
    onError: (error: unknown) => toast({ text: errorMessage(error, t), tone: "danger" }),
    done: async (text?: string) => {
      if (text) toast({ text });
      await queries.invalidateQueries(trpc.people.pathFilter());
    },
  };
}
