import type { RunKind } from "./run-kinds";
import type { Role } from "./roles";
import type { RoundStatus } from "./rounds/machine";

/** What a campaign's loop needs now, in numbers; the state `nextAction` looks at. */
export interface LoopState {
  readonly campaignId: string;
  readonly status: "draft" | "open" | "paused" | "closed";
  readonly round: number;
  readonly phase: RoundStatus | null;
  readonly prompts: number;
  readonly tasksPerRound: number;
  readonly hasPolicy: boolean;
  readonly demonstrationsToReview: number;
  readonly rankingsDone: number;
  readonly rankingsWanted: number;
  /** Rankings of all rounds that training would use. */
  readonly rankingsUsable: number;
  /** Tasks that this very person could still rank. */
  readonly tasksForMe: number;
  /** The run that is going on in it. */
  readonly run: { id: string; kind: RunKind } | null;
  /** The worker is still making this campaign: nobody need do anything for it. */
  readonly making: boolean;
  readonly answeredRounds: number;
}

/** The one most useful thing to do next; `kind` chooses the words, the rest fills them. */
export type NextAction =
  | { kind: "create-campaign" }
  | { kind: "add-prompts"; campaignId: string; missing: number }
  | { kind: "choose-policy"; campaignId: string }
  | { kind: "open"; campaignId: string }
  | { kind: "resume"; campaignId: string }
  | { kind: "review"; campaignId: string; count: number }
  | { kind: "rank"; campaignId: string; count: number }
  | { kind: "collect"; campaignId: string; done: number; wanted: number }
  | { kind: "train"; campaignId: string; rankings: number }
  | { kind: "watch-answers"; campaignId: string }
  | { kind: "watch-run"; campaignId: string; runId: string; run: RunKind }
  | { kind: "judge-gate"; campaignId: string; round: number; gate: "improve" | "renew" }
  | { kind: "mend-round"; campaignId: string; round: number }
  | { kind: "read-answers"; campaignId: string; round: number }
  | { kind: "export"; campaignId: string; rankings: number };

/** Training before so many rankings teaches a reward model noise, so it is not proposed. */
export const trainFrom = (wanted: number): number => Math.max(1, Math.ceil(wanted * 0.8));

/**
 * What this person should do next in this campaign, then what else is worth doing, best first.
 * Null `loop` = there is no campaign yet.
 */
export function nextActions(role: Role, loop: LoopState | null): NextAction[] {
  if (!loop) return role === "admin" ? [{ kind: "create-campaign" }] : [];
  const { campaignId } = loop;
  const admin = role === "admin";
  const trains = role !== "labeler";
  const actions: NextAction[] = [];

  if (loop.run) {
    const { id: runId, kind: run } = loop.run;
    actions.push({ kind: "watch-run", campaignId, runId, run });
  }
  if (loop.status === "draft" && admin && !loop.making) {
    const missing = loop.tasksPerRound - loop.prompts;
    if (!loop.hasPolicy) actions.push({ kind: "choose-policy", campaignId });
    else if (loop.prompts > 0) actions.push({ kind: "open", campaignId });
    if (missing > 0) actions.push({ kind: "add-prompts", campaignId, missing });
  }
  if (loop.status === "paused" && admin) actions.push({ kind: "resume", campaignId });
  if (loop.phase === "failed" && trains) {
    actions.push({ kind: "mend-round", campaignId, round: loop.round });
  }
  if ((loop.phase === "trained" || loop.phase === "improved") && trains) {
    const gate = loop.phase === "trained" ? "improve" : "renew";
    actions.push({ kind: "judge-gate", campaignId, round: loop.round, gate });
    if (loop.tasksForMe > 0) actions.push({ kind: "rank", campaignId, count: loop.tasksForMe });
  }
  if (loop.phase === "answering") actions.push({ kind: "watch-answers", campaignId });

  if (loop.status === "open" && loop.phase === "collecting") {
    const { rankingsDone: done, rankingsWanted: wanted } = loop;
    const train: NextAction = { kind: "train", campaignId, rankings: loop.rankingsUsable };
    const canTrain = trains && done > 0 && loop.rankingsUsable > 0;
    if (canTrain && done >= trainFrom(wanted)) actions.push(train);
    if (loop.tasksForMe > 0) actions.push({ kind: "rank", campaignId, count: loop.tasksForMe });
    if (admin && done < wanted) actions.push({ kind: "collect", campaignId, done, wanted });
    if (canTrain && done < trainFrom(wanted)) actions.push(train);
  }
  if (admin && loop.demonstrationsToReview > 0) {
    actions.push({ kind: "review", campaignId, count: loop.demonstrationsToReview });
  }
  if (loop.answeredRounds > 1) {
    actions.push({ kind: "read-answers", campaignId, round: loop.round });
  }
  if (trains && loop.rankingsDone > 0) {
    actions.push({ kind: "export", campaignId, rankings: loop.rankingsDone });
  }
  return actions;
}
