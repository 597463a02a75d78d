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
  tasksOfCampaign,
  tasksOfLabeler,
} from "../db/queries/consensus";
import { promptText } from "../db/queries/prompt";
import { reportOf } from "../db/queries/quality";
import type { TaskRow } from "../db/queries/task";
import { write } from "../db/write";
import { promptAgreement, rankAlpha } from "../domain/agreement/agreement";
import { rate } from "../domain/agreement/pairwise";
import { squareOf } from "../domain/aggregation/ballots";
import { bradleyTerry } from "../domain/aggregation/bradley-terry";
import { consensusOf, crowdPrompt } from "../domain/aggregation/consensus";
import { crowdBradleyTerry, usualReliability } from "../domain/aggregation/crowd-bt";
import { plackettLuce } from "../domain/aggregation/plackett-luce";
import { AppError } from "../domain/app-error";
import {
  type CampaignId,
  type CompletionId,
  type TaskId,
  zCampaignId,
  zCompletionId,
  zTaskId,
  zUserId,
} from "../domain/ids";
import { checkOrder, maxCompletions } from "../domain/ranking";
import { mayActAs, mayIn } from "../domain/roles";
import { zShownTasks } from "../domain/shown-tasks";
import { mean } from "../domain/statistics/clustered";
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

/** How far a task's labelers agree, and whether their majorities go round. */
function agreementOf(
  completionIds: readonly CompletionId[],
  votes: readonly { labelerId: string; groups: CompletionId[][] }[],
) {
  const items = completionIds.length;
  const orders = ordersOf(completionIds, votes);
  const agreed = promptAgreement({ items, orders });
  const agreement = rate(agreed.pairs.agree, agreed.pairs.compared);
  const disputed =
    (agreement !== null && agreement < disputedBelow) ||
    consensusOf(orders, items).cycles.length > 0;
  return { agreement, disputed, agreed };
}

/** The tasks that several ranked among the newest votes, and whether there are votes before those. */
async function sharedTasks(db: Reader, campaignId: CampaignId | undefined) {
  const votes = await recentVotes(db, campaignId, recent);
  const byTask = new Map<TaskId, TaskVote[]>();
  for (const vote of votes) byTask.set(vote.taskId, [...(byTask.get(vote.taskId) ?? []), vote]);
  const shared = [...byTask].flatMap(([taskId, of]): Shared[] => {
    if (of.length < 2) return [];
    const { completionIds, adjudicated } = of[0];
    const { agreement, disputed } = agreementOf(completionIds, of);
    return [{ taskId, adjudicated, agreement, disputed }];
  });
  return { shared, looked: votes.length < recent ? null : recent };
}

export const zListConsensus = z.object({
  /** Absent: of all campaigns, for those who review all. */
  campaignId: zCampaignId.optional(),
  show: zShownTasks.default("disputed"),
  /** Instead: what this labeler ranked, the newest first. */
  labelerId: zUserId.optional(),
  page: z.int().min(0).default(0),
});

/**
 * Tasks that several labelers ranked, those with the least agreement first: what they come to by each
 * rule, with ties and cycles shown, every vote, and what the actor may do with them. Or all tasks of a
 * campaign, those of its newest round first.
 */
export async function listConsensus(
  { db }: Services,
  actor: Actor,
  { campaignId, show, labelerId, page }: z.output<typeof zListConsensus>,
) {
  const reads = campaignId
    ? mayIn(actor, "reviewer", campaignId)
    : mayActAs(actor.role, "reviewer");
  if (!reads) requireRole(actor, "researcher", campaignId);
  const { shared, looked } = await sharedTasks(db.read, campaignId);
  const matching = shared
    .filter(({ disputed, adjudicated }) =>
      show === "adjudicated" ? adjudicated : show === "all" || (disputed && !adjudicated),
    )
    .sort((a, b) => (a.agreement ?? 1) - (b.agreement ?? 1));
  const at = { offset: page * consensusPerPage, limit: consensusPerPage };
  const found = () => {
    if (labelerId) return tasksOfLabeler(db.read, { labelerId, campaignId }, at);
    if (show === "tasks" && campaignId) return tasksOfCampaign(db.read, campaignId, at);
    const ids = matching.slice(at.offset, at.offset + at.limit).map(({ taskId }) => taskId);
    return { total: matching.length, ids };
  };
  const { total, ids } = await found();
  const rows = await tasksInFull(db.read, ids);
  const reliabilityIn = await reliabilities(
    db.read,
    rows.map(({ task }) => task.campaignId),
  );
  return {
    total,
    shared: shared.length,
    disputed: shared.filter((row) => row.disputed && !row.adjudicated).length,
    /** So many of the newest rankings were looked through for those; null where that is all. */
    looked,
    rows: rows.map((row) => {
      const { id, completionIds, overlap, campaignId: where } = row.task;
      const { agreement, disputed, agreed } = agreementOf(completionIds, row.votes);
      return Object.assign({}, row, {
        taskId: id,
        overlap,
        agreement,
        disputed,
        alpha: rankAlpha(agreed, "ordinal"),
        tau: agreed.taus.length > 0 ? mean(agreed.taus) : null,
        w: agreed.ws.length > 0 ? mean(agreed.ws) : null,
        consensus:
          row.votes.length === 0
            ? null
            : consensusView(completionIds, row.votes, reliabilityIn(where)),
        may: { settle: mayIn(actor, "reviewer", where), makeGold: mayIn(actor, "admin", where) },
      });
    }),
  };
}

/** How often each labeler says what they see, by campaign, as last measured. */
async function reliabilities(db: Reader, campaigns: readonly CampaignId[]) {
  const known = new Map<CampaignId, Map<string, number | null>>();
  for (const id of new Set(campaigns)) {
    const labelers = (await reportOf(db, id))?.report.labelers ?? [];
    known.set(id, new Map(labelers.map((own) => [own.labeler, own.reliability])));
  }
  return (campaignId: CampaignId) => (labeler: string) =>
    known.get(campaignId)?.get(labeler) ?? usualReliability;
}

/** Few rankings leave strengths without a finite maximum: less 0.1·Σs² they have one. */
const penalty = 0.1;

/** What the votes come to, completions by their numbers. */
function consensusView(
  completionIds: readonly CompletionId[],
  votes: readonly { labelerId: string; groups: CompletionId[][] }[],
  reliabilityOf: (labelerId: string) => number,
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
  const people = [...new Set(orders.map(({ labeler }) => labeler))];
  const crowd = crowdBradleyTerry(
    [crowdPrompt(orders, items, (labeler) => people.indexOf(labeler))],
    people.length,
    { penalty, known: people.map(reliabilityOf) },
  );
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
    /** By what is known of each labeler's reliability. */
    crowdBradleyTerry: crowd.strengths[0],
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
