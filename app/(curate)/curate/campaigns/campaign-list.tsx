"use client";

import { useQuery } from "@tanstack/react-query";
import { campaignState, statusTone } from "@/app/(curate)/campaign-state";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Link } from "@/app/ui/link";
import { RelativeTime } from "@/app/ui/relative-time";
import { Table } from "@/app/ui/table";
import { Status } from "@/app/ui/tag";
import type { CampaignSummary } from "@/server/services/campaigns";

export function CampaignList({ initial }: { initial: CampaignSummary[] }) {
  const t = useT();
  const locale = useLocale();
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.campaigns.list.queryOptions(),
    initialData: initial,
    refetchInterval: 5000,
  });
  return (
    <Table
      caption={t("campaigns.table")}
      rows={data}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "name",
          header: t("campaigns.name"),
          rowHeader: true,
          cell: (row) => <Link href={`/curate/campaigns/${row.id}`}>{row.name}</Link>,
        },
        {
          key: "status",
          header: t("campaigns.status"),
          cell: (row) => (
            <Status tone={statusTone[row.status]}>{t(`campaign.status.${row.status}`)}</Status>
          ),
        },
        {
          key: "progress",
          header: t("campaigns.progress"),
          className: "min-w-64",
          cell: (row) => campaignState({ t, locale }, { ...row, ...row.tally }),
        },
        {
          key: "created",
          header: t("campaigns.created"),
          cell: (row) => <RelativeTime at={row.createdAt} />,
        },
      ]}
    />
  );
}
