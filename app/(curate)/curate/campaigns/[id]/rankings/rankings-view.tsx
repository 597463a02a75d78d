"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { Pager } from "@/app/(curate)/pager";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { cx } from "@/app/ui/class-names";
import { EmptyState } from "@/app/ui/empty-state";
import { FoldedText } from "@/app/ui/folded-text";
import { RelativeTime } from "@/app/ui/relative-time";
import { ShownText } from "@/app/ui/shown-text";
import { Tag } from "@/app/ui/tag";
import type { Asked } from "@/server/domain/asked";
import type { CampaignId, RoundId } from "@/server/domain/ids";
import { RoundSelect } from "../round-select";
import { useCampaign } from "../use-campaign";
import { Verdict } from "../verdict";
import { AnswerLines, RatingLine } from "./rating-line";

type Ranking = Outputs["campaigns"]["rankings"]["rows"][number];

/** Rankings as they were given, newest first, each labeler's apart. */
export function RankingsView({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const [roundId, setRoundId] = useState<RoundId>();
  const [page, setPage] = useState(0);
  const campaign = useCampaign(campaignId);
  const rankings = useQuery({
    ...trpc.campaigns.rankings.queryOptions({ campaignId, roundId, page }),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
  const rounds = campaign.data?.rounds ?? [];
  return (
    <>
      {rounds.length > 1 && (
        <RoundSelect
          all
          rounds={rounds}
          value={roundId}
          onChange={(value) => {
            setRoundId(value);
            setPage(0);
          }}
        />
      )}
      <Loaded query={rankings}>
        {(data) =>
          data.rows.length === 0 ? (
            <EmptyState title={t("rankings.empty.title")}>{t("rankings.empty")}</EmptyState>
          ) : (
            <>
              <ul className="flex flex-col">
                {data.rows.map((row) => (
                  <RankingItem
                    key={row.id}
                    row={row}
                    asked={campaign.data?.campaign.config.asked}
                  />
                ))}
              </ul>
              <Pager page={page} onPage={setPage} of={data} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function RankingItem({ row, asked }: { row: Ranking; asked?: Asked }) {
  const t = useT();
  return (
    <li className="grid gap-x-8 gap-y-2 border-b border-line py-4 md:grid-cols-[16rem_1fr]">
      <div className="text-sm">
        <p className="flex flex-wrap items-center gap-2">
          {t("rankings.by", { name: row.labeler, seconds: Math.round(row.seconds) })}
          {row.simulated && <Tag>{t("simulated")}</Tag>}
        </p>
        <p className="text-muted">
          {t("circle.rankings.round", { round: row.roundNumber })},{" "}
          <RelativeTime at={row.createdAt} />
        </p>
        <FoldedText text={row.prompt} className="mt-2" />
      </div>
      <div>
        {row.noneAcceptable && <p className="mb-2 text-sm text-warning">{t("rankings.none")}</p>}
        <ol className="flex flex-col gap-1">
          {row.groups.map((group, index) => (
            <RankGroup
              key={group[0].id}
              label={t("rankings.rank", { rank: index + 1 })}
              group={group}
              {...{ row, asked }}
            />
          ))}
          {row.notRankable.length > 0 && (
            <RankGroup
              label={t("rankings.notRankable")}
              group={row.notRankable}
              {...{ row, asked }}
              muted
            />
          )}
        </ol>
        <AnswerLines answers={row.ratings?.answers} asked={asked} />
        {row.comment && (
          <p className="mt-2 text-sm">
            <span className="font-semibold">{t("rankings.comment")}</span>{" "}
            <bdi>
              <ShownText text={row.comment} />
            </bdi>
          </p>
        )}
      </div>
    </li>
  );
}

interface RankGroupProps {
  label: string;
  group: Ranking["notRankable"];
  row: Ranking;
  asked?: Asked;
  muted?: boolean;
}

function RankGroup(props: RankGroupProps) {
  const t = useT();
  const { label, group, row, asked, muted } = props;
  return (
    <li className="flex gap-4">
      <span className="w-28 shrink-0 text-sm leading-6 text-muted">
        {label}
        {group.length > 1 && !muted && <span className="block">{t("rankings.tie")}</span>}
      </span>
      <ul className="min-w-0">
        {group.map((completion) => (
          <li key={completion.id} className={cx("flex gap-3", muted && "text-muted")}>
            <div className="min-w-0">
              <FoldedText text={completion.text} />
              <RatingLine rating={row.ratings?.each[completion.id]} asked={asked} />
            </div>
            <Verdict correct={completion.correct} />
          </li>
        ))}
      </ul>
    </li>
  );
}
