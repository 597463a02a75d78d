"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { errorMessage } from "../lib/error-message";
import { useT } from "../lib/i18n/client";
import { type Outputs, useTRPC } from "../lib/trpc";
import { Button } from "../ui/button";
import { Section } from "../ui/page-header";
import { SessionTable } from "../ui/session-table";
import { useToast } from "../ui/toast";

/** One's own sessions; any but this one can be ended. */
export function OwnSessions({ initial }: { initial: Outputs["account"]["sessions"] }) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const sessions = useQuery({ ...trpc.account.sessions.queryOptions(), initialData: initial });
  const again = () => queries.invalidateQueries(trpc.account.sessions.pathFilter());
  const onError = (error: unknown) => toast({ text: errorMessage(error, t), tone: "danger" });
  const end = useMutation(
    trpc.account.endSession.mutationOptions({
      onError,
      onSuccess: () => toast({ text: t("sessions.ended") }),
      onSettled: again,
    }),
  );
  const endOthers = useMutation(
    trpc.account.endOtherSessions.mutationOptions({
      onError,
      onSuccess: (count) => toast({ text: t("sessions.endedOthers", { count }) }),
      onSettled: again,
    }),
  );
  return (
    <Section
      title={t("sessions.title")}
      state={t("sessions.state")}
      action={
        sessions.data.length > 1 ? (
          <Button busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t("sessions.endOthers")}
          </Button>
        ) : null
      }
    >
      <SessionTable
        sessions={sessions.data}
        busyId={end.isPending ? end.variables.sessionId : undefined}
        onEnd={({ id }) => end.mutate({ sessionId: id })}
      />
    </Section>
  );
}
