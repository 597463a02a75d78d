"use client";

import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Link } from "@/app/ui/link";
import { Table } from "@/app/ui/table";
import { Status, type StatusTone, Tag } from "@/app/ui/tag";
import type { CampaignId } from "@/server/domain/ids";
import type { Standing } from "@/server/services/quality";
import { useFigures } from "./use-figures";

type Row = Outputs["quality"]["get"]["labelers"][number];

export const standingTone: Record<Standing, StatusTone> = {
  good: "good",
  warn: "warning",
  review: "warning",
  pause: "danger",
};

/** What of a labeler's habits is unlikely for somebody who has none. */
function signsOf({ position, length, straight, speed }: Row) {
  const found = (p: number | null) => p !== null && p < 0.001;
  return (
    [
      ["position", found(position.p)],
      ["length", found(length.p)],
      ["straight-lining", [straight.displayed, straight.repeated].some(({ p }) => found(p))],
      ["speed", (speed.tooFast ?? 0) > 0.3],
    ] as const
  ).flatMap(([sign, has]) => (has ? [sign] : []));
}

/** Everybody who ranked, with what is known of how they work. */
export function LabelerTable(props: { campaignId: CampaignId; labelers: readonly Row[] }) {
  const { campaignId, labelers } = props;
  const t = useT();
  const { share, coefficient, range, seconds } = useFigures();
  const withRange = (value: string, below: string) => (
    <>
      {value}
      <span className="block text-muted">{below}</span>
    </>
  );
  return (
    <Table
      caption={t("quality.table")}
      rows={labelers}
      rowKey={(row) => row.labeler}
      columns={[
        {
          key: "name",
          header: t("quality.labeler"),
          rowHeader: true,
          cell: (row) => (
            <span className="flex flex-wrap items-center gap-2">
              <Link href={`/curate/campaigns/${campaignId}/quality/${row.labeler}`}>
                {row.name}
              </Link>
              {row.simulated && <Tag>{t("simulated")}</Tag>}
            </span>
          ),
        },
        {
          key: "standing",
          header: t("quality.standing"),
          cell: (row) => (
            <Status tone={standingTone[row.standing]}>
              {t(`quality.standing.${row.standing}`)}
            </Status>
          ),
        },
        {
          key: "rankings",
          header: t("quality.rankings"),
          align: "end",
          cell: (row) => row.rankings.toLocaleString(),
        },
        {
          key: "gold",
          header: t("quality.gold"),
          align: "end",
          cell: ({ gold }) =>
            gold.accuracy === null ? "–" : withRange(share(gold.accuracy), range(gold.interval)),
        },
        {
          key: "agreement",
          header: t("quality.agreement"),
          align: "end",
          cell: ({ agreement }) =>
            agreement.rate === null
              ? "–"
              : withRange(share(agreement.rate), range(agreement.interval)),
        },
        {
          key: "reliability",
          header: t("quality.reliability"),
          align: "end",
          cell: (row) => coefficient(row.reliability),
        },
        {
          key: "weight",
          header: t("quality.weight"),
          align: "end",
          cell: (row) => coefficient(row.weight),
        },
        {
          key: "seconds",
          header: t("quality.seconds"),
          align: "end",
          cell: ({ speed }) => seconds(speed.medianSeconds),
        },
        {
          key: "signs",
          header: t("quality.signs"),
          cell: (row) => (
            <span className="flex flex-wrap gap-1">
              {signsOf(row).map((sign) => (
                <Tag key={sign}>{t(`quality.sign.${sign}`)}</Tag>
              ))}
            </span>
          ),
        },
      ]}
    />
  );
}
