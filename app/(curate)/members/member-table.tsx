"use client";

import { useMutation } from "@tanstack/react-query";
import { usePeopleChanged } from "@/app/(curate)/people/use-people";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { RelativeTime } from "@/app/ui/relative-time";
import { Select } from "@/app/ui/select";
import { Table } from "@/app/ui/table";
import { Tag } from "@/app/ui/tag";
import type { CampaignId } from "@/server/domain/ids";
import { zCampaignRole } from "@/server/domain/roles";

interface MemberTableProps {
  campaignId: CampaignId;
  members: Outputs["people"]["members"]["members"];
}

/** Members with their role here, which can be changed at once. */
export function MemberTable({ campaignId, members }: MemberTableProps) {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = usePeopleChanged();
  const set = useMutation(
    trpc.people.setMember.mutationOptions({
      onError,
      onSuccess: ({ name }, { role }) => done(t("members.set", { name, role: t(`role.${role}`) })),
    }),
  );
  const remove = useMutation(trpc.people.removeMember.mutationOptions({ onError }));
  return (
    <Table
      caption={t("members.table")}
      rows={members}
      rowKey={(row) => row.userId}
      empty={<p className="text-muted">{t("members.empty")}</p>}
      columns={[
        {
          key: "name",
          header: t("people.name"),
          rowHeader: true,
          className: "min-w-40",
          cell: (row) => (
            <>
              <span className="flex flex-wrap items-center gap-2 font-semibold">
                {row.name}
                {row.disabledAt && <Tag>{t("people.disabled")}</Tag>}
              </span>
              <span className="block text-muted">{row.email ?? t("people.noEmail")}</span>
            </>
          ),
        },
        {
          key: "role",
          header: t("members.role"),
          cell: (row) => (
            <Select
              label={<span className="sr-only">{t("members.role.of", { name: row.name })}</span>}
              value={row.role}
              disabled={set.isPending}
              onChange={(event) =>
                set.mutate({
                  campaignId,
                  person: { userId: row.userId },
                  role: zCampaignRole.parse(event.target.value),
                })
              }
              options={zCampaignRole.options.map((value) => ({ value, label: t(`role.${value}`) }))}
              className="min-w-32 gap-0 [&_select]:text-sm"
            />
          ),
        },
        {
          key: "siteRole",
          header: t("members.siteRole"),
          cell: (row) => t(`role.${row.siteRole}`),
        },
        {
          key: "since",
          header: t("members.since"),
          cell: (row) => <RelativeTime at={row.createdAt} />,
        },
        {
          key: "remove",
          header: t("people.actions"),
          cell: ({ userId, name }) => (
            <Button
              look="quiet"
              aria-label={t("members.remove.of", { name })}
              busy={remove.isPending && remove.variables.userId === userId}
              onClick={() =>
                remove.mutate(
                  { campaignId, userId },
                  { onSuccess: () => void done(t("members.removed", { name })) },
                )
              }
            >
              {t("members.remove")}
            </Button>
          ),
        },
      ]}
    />
  );
}
