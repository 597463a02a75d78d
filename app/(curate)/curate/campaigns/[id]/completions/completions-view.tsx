"use client";

import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { Pager } from "@/app/(curate)/pager";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { EmptyState } from "@/app/ui/empty-state";
import { FoldedText } from "@/app/ui/folded-text";
import type { CampaignId, RoundId } from "@/server/domain/ids";
import { RoundSelect } from "../round-select";
import { useCampaign } from "../use-campaign";
import { Verdict } from "../verdict";

type Answered = Outputs["campaigns"]["completions"]["rows"][number];

/** What a round's policy answered: read it before trusting the figures. */
export function CompletionsView({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const [chosen, setChosen] = useState<RoundId>();
  const [page, setPage] = useState(0);
  const rounds = useCampaign(campaignId).data?.rounds ?? [];
  const roundId = chosen ?? rounds.at(-1)?.id;
  const completions = useQuery({
    ...trpc.campaigns.completions.queryOptions(roundId ? { roundId, page } : skipToken),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
  const empty = (
    <EmptyState title={t("completions.empty.title")}>{t("completions.empty")}</EmptyState>
  );
  if (!roundId) return empty;
  return (
    <>
      <p className="mb-6 max-w-[75ch] text-muted">{t("completions.state")}</p>
      {rounds.length > 1 && (
        <RoundSelect
          rounds={rounds}
          value={roundId}
          onChange={(value) => {
            setChosen(value);
            setPage(0);
          }}
        />
      )}
      <Loaded query={completions}>
        {(data) =>
          data.rows.length === 0 ? (
            empty
          ) : (
            <>
              <ul className="flex flex-col">
                {data.rows.map((row) => (
                  <AnsweredPrompt key={row.id} row={row} />
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

function AnsweredPrompt({ row }: { row: Answered }) {
  const t = useT();
  const judged = row.completions.filter((completion) => completion.correct !== null);
  const right = judged.filter((completion) => completion.correct).length;
  return (
    <li className="grid gap-x-8 gap-y-2 border-b border-line py-4 md:grid-cols-[16rem_1fr]">
      <div>
        <FoldedText text={row.prompt} />
        {judged.length > 0 && (
          <p className="text-sm text-muted">
            {t("completions.share", { right, count: judged.length })}
          </p>
        )}
      </div>
      <ul className="flex min-w-0 flex-col gap-1">
        {row.completions.map((completion) => (
          <li key={completion.id} className="flex gap-3">
            <FoldedText text={completion.text} />
            <Verdict correct={completion.correct} />
          </li>
        ))}
      </ul>
    </li>
  );
}
