"use client";

import { percentText, shortName } from "@/app/(circle)/circle-words";
import { phaseTone } from "@/app/(curate)/campaign-state";
import { Loaded } from "@/app/(curate)/loaded";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { EmptyState } from "@/app/ui/empty-state";
import { Link } from "@/app/ui/link";
import { Section } from "@/app/ui/page-header";
import { Table } from "@/app/ui/table";
import { Status, Tag } from "@/app/ui/tag";
import type { CampaignId } from "@/server/domain/ids";
import type { CampaignDetail } from "@/server/services/campaigns";
import type { RoundsShown } from "@/server/services/rounds-view";
import { ForecastSection } from "./forecast/forecast-section";
import { klText } from "./round/check-words";
import { DecisionWords } from "./round/gate-state";
import { PresentRoundView } from "./round/present-round";
import { RuleSection } from "./round/rule-section";
import { useRounds } from "./round/use-rounds";
import { useCampaign } from "./use-campaign";

type Round = CampaignDetail["rounds"][number];
type Came = RoundsShown["history"][number];

/** The present round with its gates, the rule, and what each round came to. */
export function RoundsView({ campaignId }: { campaignId: CampaignId }) {
  const { data } = useCampaign(campaignId);
  const rounds = useRounds(campaignId);
  if (!data) return null; // the head above has it already, or says what is wrong
  return (
    <Loaded query={rounds}>
      {(shown) => (
        <>
          {shown.current && (
            <PresentRoundView round={shown.current} status={shown.status} detail={data} />
          )}
          <ForecastSection campaignId={campaignId} />
          <History detail={data} shown={shown} />
          <RuleSection campaignId={campaignId} shown={shown} />
        </>
      )}
    </Loaded>
  );
}

/** What each round collected, what the reward model learned, and whether the truth went up. */
function History({ detail: data, shown }: { detail: CampaignDetail; shown: RoundsShown }) {
  const t = useT();
  const locale = useLocale();
  const came = new Map(shown.history.map((round) => [round.id, round]));
  const share = (value: number | null) => (value === null ? "–" : percentText(value, locale));
  const { name, tasksPerRound: tasks, completionsPerTask: count } = data.campaign;
  return (
    <Section title={t("campaign.tab.rounds")}>
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
              <>
                <Status tone={phaseTone[row.status]}>{t(`rounds.status.${row.status}`)}</Status>
                <Decisions gates={came.get(row.id)?.gates ?? []} />
              </>
            ),
          },
          {
            key: "rankings",
            header: t("rounds.rankings"),
            className: "min-w-32",
            cell: (row) => <RankingsCell row={row} />,
          },
          {
            key: "policy",
            header: t("rounds.policy"),
            className: "min-w-20",
            cell: (row) => (row.policy ? shortName(row.policy.name, name) : "–"),
          },
          {
            key: "accuracy",
            header: t("rounds.accuracy"),
            align: "end",
            cell: (row) => share(row.rewardAccuracy),
          },
          {
            key: "kl",
            header: t("rounds.kl"),
            align: "end",
            cell: (row) => {
              const kl = came.get(row.id)?.practice.kl ?? null;
              return kl === null ? "–" : klText(kl, locale);
            },
          },
          {
            key: "preference",
            header: t("rounds.preference"),
            align: "end",
            cell: (row) => <PreferenceCell preference={came.get(row.id)?.preference ?? null} />,
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
        <div className="mt-4 flex max-w-[75ch] flex-col gap-2 text-sm text-muted">
          <p>{t("rounds.note")}</p>
          <p>{t("rounds.note.preference")}</p>
        </div>
      )}
    </Section>
  );
}

/** What people decided at the round's gates. */
function Decisions({ gates }: { gates: Came["gates"] }) {
  const t = useT();
  const theirs = gates.filter(({ by, gate }) => by !== null && gate !== "train");
  if (theirs.length === 0) return null;
  return (
    <ul className="min-w-36 text-muted">
      {theirs.map((record) => (
        <li key={record.at}>
          <DecisionWords record={record} /> ({t(`rule.gate.${record.gate}`)})
        </li>
      ))}
    </ul>
  );
}

function PreferenceCell({ preference }: { preference: Came["preference"] }) {
  const t = useT();
  const locale = useLocale();
  if (!preference) return "–";
  const { share, interval, pairs, simulated } = preference;
  const text = (value: number) => percentText(value, locale);
  return (
    <>
      {text(share)}
      {interval && (
        <span className="text-muted">
          {" "}
          ({text(interval[0])}–{text(interval[1])})
        </span>
      )}
      <span className="block text-muted">
        {t("rounds.preference.pairs", { count: pairs })}
        {simulated > 0 && `, ${t("rounds.preference.simulated", { count: simulated })}`}
      </span>
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
