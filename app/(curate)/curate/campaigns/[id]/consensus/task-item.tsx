"use client";

import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { FoldedText } from "@/app/ui/folded-text";
import { Kbd } from "@/app/ui/kbd";
import { Tag } from "@/app/ui/tag";
import { letters } from "@/server/domain/ranking";
import { useFigures } from "../quality/use-figures";
import { AnswerTable } from "./answer-table";
import type { ConsensusTask } from "./consensus-task";
import type { Ordering } from "./order-dialog";
import { orderText } from "./order-text";
import { useConsensus } from "./use-consensus";
import { VoteList } from "./vote-list";

interface TaskItemProps {
  task: ConsensusTask;
  number: number;
  /** Its campaign is named: those of several stand here. */
  named: boolean;
  onOrder: (kind: Ordering) => void;
}

/** One task: its answers with what each rule makes of the votes, the votes themselves, and what to do. */
export function TaskItem({ task, number, named, onOrder }: TaskItemProps) {
  const t = useT();
  const { share, coefficient } = useFigures();
  const { askOneMore, withdraw } = useConsensus();
  const { agreement, votes, adjudication, gold, may } = task;
  const labelers = new Set(votes.map((vote) => vote.labelerId)).size;
  return (
    <li
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- j and k go through the list
      tabIndex={0}
      className="border-b border-line py-6 first:pt-0"
    >
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 className="font-semibold">{t("consensus.task", { number, round: task.round })}</h2>
        {named && <p className="text-sm text-muted">{task.campaign}</p>}
        <p className="text-sm text-muted">
          {votes.length === 0
            ? t("consensus.unranked")
            : agreement === null
              ? t("consensus.agreement.none", { count: labelers })
              : `${t("consensus.agreement", { share: share(agreement), count: labelers })} · ${t(
                  "consensus.coefficients",
                  {
                    alpha: coefficient(task.alpha),
                    tau: coefficient(task.tau),
                    w: coefficient(task.w),
                  },
                )}`}
        </p>
        {gold && <Tag>{t(gold.retiredAt ? "consensus.gold.retired" : "consensus.gold")}</Tag>}
      </div>
      <FoldedText text={task.prompt} className="mb-4 max-w-[75ch]" />
      <AnswerTable task={task} number={number} />
      {task.consensus && <Findings consensus={task.consensus} />}
      {votes.length > 0 && <VoteList task={task} />}
      {adjudication && (
        <p className="mt-4 max-w-[75ch] text-sm">
          <span className="font-semibold">
            {t("consensus.adjudicated", {
              name: task.reviewer ?? "–",
              order: orderText(adjudication.groups, task.completions),
            })}
          </span>{" "}
          {adjudication.reason}
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        {may.settle && votes.length > 0 && (
          <Button data-key="a" onClick={() => onOrder("adjudicate")}>
            {t(adjudication ? "consensus.adjudicate.again" : "consensus.adjudicate")} <Kbd>a</Kbd>
          </Button>
        )}
        {may.settle && adjudication && (
          <Button
            look="quiet"
            busy={withdraw.isPending}
            onClick={() => withdraw.mutate({ taskId: task.taskId })}
          >
            {t("consensus.withdraw")}
          </Button>
        )}
        {may.settle && votes.length > 0 && (
          <Button
            data-key="m"
            look="quiet"
            busy={askOneMore.isPending}
            onClick={() => askOneMore.mutate({ taskId: task.taskId })}
          >
            {t("consensus.more")} <Kbd>m</Kbd>
          </Button>
        )}
        {may.makeGold && (
          <Button data-key="g" look="quiet" onClick={() => onOrder("gold")}>
            {t("consensus.makeGold")} <Kbd>g</Kbd>
          </Button>
        )}
      </div>
    </li>
  );
}

/** Cycles, even splits and what nobody compared: what an order alone would hide. */
function Findings({ consensus }: { consensus: NonNullable<ConsensusTask["consensus"]> }) {
  const t = useT();
  const { cycles, tied, uncompared, condorcetWinner, rankedPairs, kemeny } = consensus;
  const named = (items: readonly number[]) => items.map((item) => letters[item]).join(", ");
  const pairs = (all: readonly (readonly [number, number])[]) =>
    all.map(([i, j]) => `${letters[i]}–${letters[j]}`).join(", ");
  const said = [
    kemeny &&
      (kemeny.count === 1
        ? `${t("consensus.kemeny")}: ${t("consensus.kemeny.settled")}`
        : `${t("consensus.kemeny")}: ${t("consensus.kemeny.several", { count: kemeny.count })}`),
    cycles.length > 0
      ? t("consensus.cycle", { letters: cycles.map(named).join("; ") })
      : t("consensus.noCycle"),
    condorcetWinner !== null && t("consensus.winner", { letter: letters[condorcetWinner] }),
    rankedPairs === null
      ? t("consensus.rankedPairs.none")
      : t("consensus.rankedPairs", { letters: named(rankedPairs) }),
    tied.length > 0 && t("consensus.tied", { pairs: pairs(tied) }),
    uncompared.length > 0 && t("consensus.uncompared", { pairs: pairs(uncompared) }),
  ].filter((text) => text !== false && text !== null);
  return (
    <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-1 text-sm text-muted">
      {said.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
