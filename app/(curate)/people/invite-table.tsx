"use client";

import { useMutation } from "@tanstack/react-query";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { RelativeTime } from "@/app/ui/relative-time";
import { Table } from "@/app/ui/table";
import { usePeopleChanged } from "./use-people";

/** Invitations that still let somebody in; their links were shown once. */
export function InviteTable({ invites }: { invites: Outputs["people"]["invites"] }) {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = usePeopleChanged();
  const revoke = useMutation(
    trpc.people.revokeInvite.mutationOptions({
      onError,
      onSuccess: () => done(t("invite.revoked")),
    }),
  );
  return (
    <Table
      caption={t("invite.table")}
      rows={invites}
      rowKey={(invite) => invite.id}
      empty={<p className="text-muted">{t("invite.empty")}</p>}
      columns={[
        {
          key: "role",
          header: t("invite.role"),
          rowHeader: true,
          cell: (invite) => t(`role.${invite.role}`),
        },
        {
          key: "campaign",
          header: t("invite.campaign"),
          cell: (invite) => invite.campaign ?? t("invite.campaign.all"),
        },
        {
          key: "uses",
          header: t("invite.usesLeft"),
          align: "end",
          cell: (invite) => invite.usesLeft,
        },
        {
          key: "expires",
          header: t("invite.expires"),
          cell: (invite) => <RelativeTime at={invite.expiresAt} />,
        },
        {
          key: "created",
          header: t("invite.created"),
          cell: (invite) => <RelativeTime at={invite.createdAt} />,
        },
        {
          key: "revoke",
          header: t("people.actions"),
          cell: (invite) => (
            <Button
              look="quiet"
              aria-label={t("invite.revoke.of", { role: t(`role.${invite.role}`) })}
              busy={revoke.isPending && revoke.variables.inviteId === invite.id}
              onClick={() => revoke.mutate({ inviteId: invite.id })}
            >
              {t("invite.revoke")}
            </Button>
          ),
        },
      ]}
    />
  );
}
