import { z } from "zod";
import type { Reader, Sql } from "../db/client";
import {
  adjudicationsOf,
  findTask,
  keepAdjudication,
  recentVotes,
  removeAdjudication,
  setOverlap,
  type TaskVote,
  tasksInFull,
} from "../db/queries/consensus";
import { promptText } from "../db/queries/prompt";
import type { TaskRow } from "../db/queries/task";
import { write } from "../db/write";
import { promptAgreement } from "../domain/agreement/agreement";
import { rate } from "../domain/agreement/pairwise";
import { squareOf } from "../domain/aggregation/ballots";
import { bradleyTerry } from "../domain/aggregation/bradley-terry";
import { consensusOf, crowdPrompt } from "../domain/aggregation/consensus";
import { plackettLuce } from "../domain/aggregation/plackett-luce";
import { AppError } from "../domain/app-error";
import {
  type CampaignId,
  type CompletionId,
  type TaskId,
  zCampaignId,
  zCompletionId,
  zTaskId,
} from "../domain/ids";
import { checkOrder, maxCompletions } from "../domain/ranking";
import { mayIn } from "../domain/roles";
import { recordChange } from "./audit";
import { type Actor, requireRole, requireSomewhere, type Services } from "./context";

export const consensusPerPage = 10;
/** What is looked through for disputes. */
const recent = 5000;
/** Labelers who agree on fewer of their comparisons than this dispute a task: 0.5 is what coins do. */
export const disputedBelow = 0.6;

/** A task that several have ranked, and how far they agree. */
interface Shared {
  taskId: TaskId;
  agreement: number | null;
  /** Little agreement, or majorities that go round. */
  disputed: boolean;
  adjudicated: boolean;
}

const ordersOf = (
  completionIds: readonly CompletionId[],
  votes: readonly { labelerId: string; groups: CompletionId[][] }[],
) => {
  const index = new Map(completionIds.map((id, i) => [id, i]));
  const shown = completionIds.map((_, i) => i);
  return votes.map(({ labelerId, groups }) => ({
    labeler: labelerId,
    shown,
    groups: groups.map((group) => group.flatMap((id) => index.get(id) ?? [])),
  }));
};

async function sharedTasks(db: Reader, campaignId: CampaignId): Promise<Shared[]> {
  const byTask = new Map<TaskId, TaskVote[]>();
  for (const vote of await recentVotes(db, campaignId, recent))
    byTask.set(vote.taskId, [...(byTask.get(vote.taskId) ?? []), vote]);
  return [...byTask].flatMap(([taskId, votes]) => {
    if (votes.length < 2) return [];
    const { completionIds, adjudicated } = votes[0];
    const items = completionIds.length;
    const orders = ordersOf(completionIds, votes);
    const { pairs } = promptAgreement({ items, orders });
    const agreement = rate(pairs.agree, pairs.compared);
    const disputed =
      (agreement !== null && agreement < disputedBelow) ||
      consensusOf(orders, items).cycles.length > 0;
    return [{ taskId, agreement, disputed, adjudicated }];
  });
}

export const zListConsensus = z.object({
  campaignId: zCampaignId,
  show: z.enum(["disputed", "adjudicated", "all"]).default("disputed"),
  page: z.int().min(0).default(0),
});

/**
 * Tasks that several labelers ranked, those with the least agreement first: what they come to by each
 * rule, with ties and cycles shown, and every vote.
 */
export async function listConsensus(
  { db }: Services,
  actor: Actor,
  { campaignId, show, page }: z.output<typeof zListConsensus>,
) {
  if (!mayIn(actor, "reviewer", campaignId)) requireRole(actor, "researcher", campaignId);
  const shared = await sharedTasks(db.read, campaignId);
  const matching = shared
    .filter(({ disputed, adjudicated }) =>
      show === "all" ? true : show === "adjudicated" ? adjudicated : disputed && !adjudicated,
    )
    .sort((a, b) => (a.agreement ?? 1) - (b.agreement ?? 1));
  const shown = matching.slice(page * consensusPerPage, (page + 1) * consensusPerPage);
  const rows = await tasksInFull(
    db.read,
    shown.map(({ taskId }) => taskId),
  );
  return {
    total: matching.length,
    shared: shared.length,
    disputed: shared.filter((row) => row.disputed && !row.adjudicated).length,
    rows: rows.map((row) => {
      const { task } = row;
      const { agreement, disputed } = shown.find(({ taskId }) => taskId === task.id)!;
      const about = { taskId: task.id, overlap: task.overlap, agreement, disputed };
      return Object.assign({}, row, about, {
        consensus: consensusView(task.completionIds, row.votes),
      });
    }),
  };
}

/** Few rankings leave strengths without a finite maximum: less 0.1·Σs² they have one. */
const penalty = 0.1;

/** What the votes come to, completions by their numbers. */
function consensusView(
  completionIds: readonly CompletionId[],
  votes: readonly { labelerId: string; groups: CompletionId[][] }[],
) {
  const items = completionIds.length;
  const orders = ordersOf(completionIds, votes);
  const { kemeny, rankedPairs, cycles, tied, uncompared, condorcetWinner } = consensusOf(
    orders,
    items,
  );
  const wins = squareOf(items, () => 0);
  for (const { winner, loser, weight = 1 } of crowdPrompt(orders, items, () => 0).observations)
    wins[winner][loser] += weight;
  const strengths = bradleyTerry(wins, penalty)!;
  const rankings = orders.map(({ groups }) => groups);
  return {
    kemeny: kemeny && {
      groups: kemeny.groups,
      count: kemeny.count,
      disagreements: kemeny.disagreements,
    },
    rankedPairs: rankedPairs.winners,
    condorcetWinner,
    cycles,
    tied,
    uncompared,
    bradleyTerry: strengths.strengths.map((strength, i) => {
      return { strength, error: strengths.standardErrors[i] };
    }),
    plackettLuce: plackettLuce(rankings, items, penalty)!.strengths,
  };
}

async function existing(db: Reader, id: TaskId) {
  const task = await findTask(db, id);
  if (!task) throw new AppError("not-found", "This task is not here any more: reload the page.");
  return task;
}

type Adjudication = Awaited<ReturnType<typeof adjudicationsOf>>[number];
const kept = (row: Adjudication | null) =>
  row && { groups: row.groups, notRankable: row.notRankable, reason: row.reason };

/** A task has no name of its own: its prompt's words stand for it. */
async function recordTask(
  tx: Sql,
  actor: Actor,
  { id, campaignId, promptId }: TaskRow,
  action: "task.adjudicate" | "task.overlap",
  change: { before?: object | null; after?: object },
): Promise<void> {
  const name = await promptText(tx, promptId);
  await recordChange(tx, actor, { action, target: { id, name }, campaignId, ...change });
}

export const zTaskRef = z.object({ taskId: zTaskId });
const zGroups = z.array(z.array(zCompletionId).min(1)).max(maxCompletions);
export const zAdjudicate = zTaskRef.extend({
  groups: zGroups,
  notRankable: z.array(zCompletionId).max(maxCompletions).default([]),
  reason: z.string().trim().min(1, "Say why: whoever reads the data wants to know.").max(2000),
});

/** Settles a disputed task. From then on the expert's order teaches and the votes, which are kept, do not. */
export async function adjudicate(
  { db }: Services,
  actor: Actor,
  { taskId, ...order }: z.output<typeof zAdjudicate>,
): Promise<void> {
  requireSomewhere(actor, "reviewer");
  await write(db, async (tx) => {
    const task = await existing(tx, taskId);
    requireRole(actor, "reviewer", task.campaignId);
    checkOrder(task.completionIds, order);
    const [before = null] = await adjudicationsOf(tx, [taskId]);
    await keepAdjudication(tx, { taskId, reviewerId: actor.id, ...order });
    await recordTask(tx, actor, task, "task.adjudicate", { before: kept(before), after: order });
  });
}

/** Takes an adjudication back: the votes teach again. */
export async function withdrawAdjudication(
  { db }: Services,
  actor: Actor,
  { taskId }: z.output<typeof zTaskRef>,
): Promise<void> {
  requireSomewhere(actor, "reviewer");
  await write(db, async (tx) => {
    const task = await existing(tx, taskId);
    requireRole(actor, "reviewer", task.campaignId);
    const [before = null] = await adjudicationsOf(tx, [taskId]);
    await removeAdjudication(tx, taskId);
    if (before) await recordTask(tx, actor, task, "task.adjudicate", { before: kept(before) });
  });
}

/** Asks one more labeler about a contested task. */
export async function askOneMore(
  { db }: Services,
  actor: Actor,
  { taskId }: z.output<typeof zTaskRef>,
): Promise<void> {
  requireSomewhere(actor, "reviewer");
  await write(db, async (tx) => {
    const task = await existing(tx, taskId);
    const { overlap } = task;
    requireRole(actor, "reviewer", task.campaignId);
    if (overlap >= 50)
      throw new AppError("conflict", "Fifty labelers are asked already: settle it instead.");
    await setOverlap(tx, taskId, overlap + 1);
    const [before, after] = [overlap, overlap + 1].map((n) => ({ overlap: n }));
    await recordTask(tx, actor, task, "task.overlap", { before, after });
  });
}
