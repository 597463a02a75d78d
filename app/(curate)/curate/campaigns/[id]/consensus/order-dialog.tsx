"use client";

import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { FoldedText } from "@/app/ui/folded-text";
import { Select } from "@/app/ui/select";
import { TextArea } from "@/app/ui/text-area";
import { letters } from "@/server/domain/ranking";
import type { ConsensusTask } from "./consensus-task";
import { groupsOf, orderText, ranksOf } from "./order-text";
import { useConsensus } from "./use-consensus";
import { VoteList } from "./vote-list";

/** What an order is for: to teach in the votes' stead, or to be expected of labelers. */
export type Ordering = "adjudicate" | "gold";

interface OrderDialogProps {
  kind: Ordering;
  task: ConsensusTask;
  onClose: () => void;
}

/** What stands in the fields at first: what was decided before; for gold, what the votes agree on. */
function initialRanks(kind: Ordering, task: ConsensusTask): Record<string, string> {
  if (kind === "adjudicate") return ranksOf(task.adjudication?.groups ?? []);
  if (task.gold) return ranksOf(task.gold.expected);
  if (task.adjudication) return ranksOf(task.adjudication.groups);
  const groups = task.consensus?.kemeny?.groups ?? [];
  return ranksOf(groups.map((group) => group.map((item) => task.completions[item].id)));
}

/** An order over a task's answers, the votes in view. Nothing is placed that nobody has placed. */
export function OrderDialog({ kind, task, onClose }: OrderDialogProps) {
  const t = useT();
  const { adjudicate, makeGold } = useConsensus(onClose);
  const [ranks, setRanks] = useState(() => initialRanks(kind, task));
  const [reason, setReason] = useState(task.adjudication?.reason ?? "");
  const [explanation, setExplanation] = useState("");
  const [tried, setTried] = useState(false);
  const { taskId, completions } = task;
  const { groups, left } = groupsOf(ranks, completions);
  const gold = kind === "gold";
  const wrong = gold ? groups.length < 2 : reason.trim() === "";
  const submit = () => {
    setTried(true);
    if (wrong) return;
    if (gold) makeGold.mutate({ taskId, expected: groups, explanation });
    else adjudicate.mutate({ taskId, groups, notRankable: left, reason: reason.trim() });
  };
  const places = completions.map((_, i) => ({ value: String(i + 1), label: String(i + 1) }));
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(gold ? "consensus.dialog.gold.title" : "consensus.dialog.title")}
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" busy={adjudicate.isPending || makeGold.isPending} onClick={submit}>
            {t(gold ? "consensus.dialog.gold.save" : "consensus.dialog.save")}
          </Button>
        </>
      }
    >
      <p className="mb-4 text-sm text-muted">
        {t(gold ? "consensus.dialog.gold.help" : "consensus.dialog.help")}
      </p>
      <ul className="flex flex-col gap-3">
        {completions.map(({ id, text }, item) => (
          <li key={id} className="grid items-start gap-x-4 gap-y-1 sm:grid-cols-[1fr_11rem]">
            <div className="flex gap-3 text-sm">
              <span className="font-semibold">{letters[item]}</span>
              <FoldedText text={text} />
            </div>
            <Select
              label={t("consensus.dialog.rank", { letter: letters[item] })}
              value={ranks[id] ?? ""}
              placeholder={gold ? "–" : t("consensus.dialog.unplaced")}
              onChange={(event) => setRanks((before) => ({ ...before, [id]: event.target.value }))}
              options={places}
            />
          </li>
        ))}
      </ul>
      <VoteList task={task} />
      <p className="mt-4 text-sm font-semibold" aria-live="polite">
        {orderText(groups, completions)}
      </p>
      {gold ? (
        <>
          {tried && wrong && (
            <p role="alert" className="text-sm text-danger">
              {t("consensus.dialog.gold.wrong")}
            </p>
          )}
          <TextArea
            label={t("gold.explanation")}
            help={t("gold.explanation.help")}
            note={t("field.optional")}
            value={explanation}
            maxLength={2000}
            rows={2}
            onChange={(event) => setExplanation(event.target.value)}
            className="mt-4"
          />
        </>
      ) : (
        <TextArea
          label={t("consensus.dialog.reason")}
          value={reason}
          maxLength={2000}
          rows={3}
          onChange={(event) => setReason(event.target.value)}
          error={tried && wrong && t("consensus.dialog.wrong")}
          className="mt-4"
        />
      )}
    </Dialog>
  );
}
