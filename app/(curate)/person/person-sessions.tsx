"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Loaded } from "@/app/(curate)/loaded";
import { usePeopleChanged } from "@/app/(curate)/people/use-people";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Section } from "@/app/ui/page-header";
import { SessionTable } from "@/app/ui/session-table";
import type { UserId } from "@/server/domain/ids";

/** Where the person is signed in; an admin ends one session or all. */
export function PersonSessions({ userId, name }: { userId: UserId; name: string }) {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = usePeopleChanged();
  const sessions = useQuery(trpc.people.sessions.queryOptions({ userId }));
  const end = useMutation(
    trpc.people.endSessions.mutationOptions({
      onError,
      onSuccess: (count) => done(t("sessions.endedOthers", { count })),
    }),
  );
  return (
    <Section
      title={t("people.sessions")}
      action={
        sessions.data && sessions.data.length > 0 ? (
          <Button
            busy={end.isPending && end.variables.sessionId === undefined}
            onClick={() => end.mutate({ userId })}
          >
            {t("people.sessions.endAll")}
          </Button>
        ) : null
      }
    >
      <Loaded query={sessions}>
        {(rows) => (
          <SessionTable
            sessions={rows}
            busyId={end.isPending ? end.variables.sessionId : undefined}
            onEnd={({ id }) => end.mutate({ userId, sessionId: id })}
            empty={<p className="text-muted">{t("people.sessions.none", { name })}</p>}
          />
        )}
      </Loaded>
    </Section>
  );
}
