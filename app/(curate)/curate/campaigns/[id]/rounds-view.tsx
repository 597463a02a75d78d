"use client";

import { percentText, shortName } from "@/app/(circle)/circle-words";
import { phaseTone } from "@/app/(curate)/campaign-state";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { EmptyState } from "@/app/ui/empty-state";
import { Link } from "@/app/ui/link";
import { Table } from "@/app/ui/table";
import { Status, Tag } from "@/app/ui/tag";
import type { CampaignId } from "@/server/domain/ids";
import type { CampaignDetail } from "@/server/services/campaigns";
import { useCampaign } from "./use-campaign";

type Round = CampaignDetail["rounds"][number];

/** What each round collected, what the reward model learned, and whether the truth went up. */
export function RoundsView({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const locale = useLocale();
  const { data } = useCampaign(campaignId);
  if (!data) return null; // the head above has it already, or says what is wrong
  const share = (value: number | null) => (value === null ? "–" : percentText(value, locale));
  const { name, tasksPerRound: tasks, completionsPerTask: count } = data.campaign;
  return (
    <>
      <Table
        caption={t("rounds.table")}
        rows={data.rounds.toReversed()}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title={t("rounds.empty.title")}>
            {t("rounds.empty", { tasks, count })}
          </EmptyState>
        }
        columns={[
          {
            key: "number",
            header: t("rounds.number"),
            rowHeader: true,
            cell: (row) => row.number,
          },
          {
            key: "status",
            header: t("rounds.status"),
            cell: (row) => (
              <Status tone={phaseTone[row.status]}>{t(`rounds.status.${row.status}`)}</Status>
            ),
          },
          {
            key: "rankings",
            header: t("rounds.rankings"),
            cell: (row) => <RankingsCell row={row} />,
          },
          {
            key: "policy",
            header: t("rounds.policy"),
            cell: (row) => (row.policy ? shortName(row.policy.name, name) : "–"),
          },
          {
            key: "accuracy",
            header: t("rounds.accuracy"),
            align: "end",
            cell: (row) => share(row.rewardAccuracy),
          },
          {
            key: "before",
            header: t("rounds.before"),
            align: "end",
            cell: (row) => share(row.exact),
          },
          {
            key: "after",
            header: t("rounds.after"),
            align: "end",
            cell: (row) => share(row.exactAfter),
          },
          { key: "runs", header: t("rounds.runs"), cell: (row) => <RunLinks row={row} /> },
        ]}
      />
      {data.rounds.length > 0 && (
        <p className="mt-4 max-w-[75ch] text-sm text-muted">{t("rounds.note")}</p>
      )}
    </>
  );
}

function RankingsCell({ row }: { row: Round }) {
  const t = useT();
  const { done, wanted, simulated } = row.tally;
  return (
    <>
      <span className="tabular whitespace-nowrap">{t("circle.rankings.of", { done, wanted })}</span>
      {simulated > 0 && (
        <span className="block text-muted">
          {t("rounds.ofWhich", { people: done - simulated, simulated })}
        </span>
      )}
    </>
  );
}

function RunLinks({ row }: { row: Round }) {
  const t = useT();
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {row.runs.map((run) => (
        <li key={run.id} className="flex items-center gap-2 whitespace-nowrap">
          <Link href={`/research/runs/${run.id}`}>{t(`rounds.run.${run.kind}`)}</Link>
          {run.status === "failed" && <Tag>{t("rounds.status.failed")}</Tag>}
        </li>
      ))}
    </ul>
  );
}
