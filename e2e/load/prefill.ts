import type { Sql } from "../../server/db/client";
import type { Services } from "../../server/services/context";
import * as schema from "../../server/db/schema";
import { gold } from "../../server/db/schema-quality";
import { tally } from "../../server/db/schema-tally";
import { write } from "../../server/db/write";
import {
  newId,
  type AssignmentId,
  type CampaignId,
  type CompletionId,
  type PromptId,
  type RoundId,
  type TaskId,
  type UserId,
} from "../../server/domain/ids";
import { startSession, type SignedIn } from "../../server/services/sessions";
import { prose, seeded } from "./random";

/** How much is in the database before anybody comes. */
export interface Size {
  readonly labelers: number;
  readonly completions: number;
  readonly rankings: number;
  readonly seed: number;
}

export const completionsPerTask = 6;
export const overlap = 2;
/** Of a labeler's tasks. */
const goldRate = 0.05;
const goldTasks = 100;
/** So many rows a statement: under both dialects' limits on bound values. */
const batch = 500;

export interface Prefilled {
  readonly campaignId: CampaignId;
  readonly admin: SignedIn;
  readonly labelers: readonly SignedIn[];
}

type Row<Table extends { $inferInsert: unknown }> = Table["$inferInsert"];

/**
 * One campaign whose round collects: tasks of six completions of 20 to 120 words, two places each, 5 % gold; the
 * rankings by the same labelers, as earlier weeks would have left them: nearly all of them on full tasks. Everybody
 * has a session, as signing in leaves it.
 */
export async function prefill(ctx: Services, size: Size): Promise<Prefilled> {
  const random = seeded(size.seed);
  const head = await write(ctx.db, (tx) => makeCampaign(tx));
  const admin = await write(ctx.db, (tx) => makePerson(tx, "Admin", "admin"));
  const labelers: SignedIn[] = [];
  await write(ctx.db, async (tx) => {
    for (let i = 0; i < size.labelers; i++)
      labelers.push(await makePerson(tx, `Labeler ${i + 1}`, "labeler"));
  });
  const people = labelers.map(({ id }) => id);
  const tasks = Math.floor(size.completions / completionsPerTask);
  const full = Math.min(tasks, Math.floor((size.rankings * 0.95) / overlap));
  let left = size.rankings;
  const done = new Map<UserId, number>();
  for (let start = 0; start < tasks; start += batch) {
    const rows = newRows();
    for (let i = start; i < Math.min(tasks, start + batch); i++) {
      const placed = Math.min(left, i < full ? overlap : 1);
      left -= placed;
      addTask(rows, { ...head, number: i, placed, people, random, ranAt: size.rankings - left });
    }
    await write(ctx.db, (tx) => insertRows(tx, rows));
    for (const { labelerId } of rows.rankings) done.set(labelerId, (done.get(labelerId) ?? 0) + 1);
  }
  if (done.size > 0)
    await write(ctx.db, (tx) => tx.insert(tally).values(talliesOf(done, head.roundId)));
  return { campaignId: head.campaignId, admin, labelers };
}

/** What the labelers did, as it is counted when tasks are lent and rankings taken. */
const talliesOf = (done: ReadonlyMap<UserId, number>, roundId: RoundId) =>
  [...done].map(([labelerId, ranked]) => {
    const counts = { served: ranked, gold: 0, calibration: 0, ranked, beyond: 0 };
    return Object.assign(counts, { labelerId, roundId });
  });

async function makeCampaign(tx: Sql) {
  const [model] = await tx
    .insert(schema.model)
    .values({
      name: "policy",
      kind: "policy",
      path: "models/load-policy",
      hash: "0123456789abcdef",
      architecture: "LlamaForCausalLM",
      parameters: 1_000_000,
      source: "shipped",
    })
    .returning();
  const [campaign] = await tx
    .insert(schema.campaign)
    .values({
      name: "Load",
      guidelines: "Put the answer first that helps most.",
      status: "open",
      completionsPerTask,
      tasksPerRound: 1000,
      overlap,
      round: 1,
      config: { distribution: { goldRate, goldSeenBy: 100_000 } },
      policyModelId: model.id,
      openedAt: new Date(),
    })
    .returning();
  const [round] = await tx
    .insert(schema.round)
    .values({
      campaignId: campaign.id,
      number: 1,
      status: "collecting",
      policyModelId: model.id,
      createdAt: new Date(begun),
    })
    .returning();
  return { campaignId: campaign.id, roundId: round.id, modelId: model.id };
}

async function makePerson(tx: Sql, name: string, role: "admin" | "labeler"): Promise<SignedIn> {
  const id = newId<UserId>();
  await tx.insert(schema.user).values({ id, name, role, email: `${id}@example.org` });
  return await startSession(tx, id, { method: "password", device: "Chrome on Linux" });
}

const newRows = () => ({
  prompts: [] as Row<typeof schema.prompt>[],
  completions: [] as Row<typeof schema.completion>[],
  tasks: [] as Row<typeof schema.task>[],
  golds: [] as Row<typeof gold>[],
  assignments: [] as Row<typeof schema.assignment>[],
  rankings: [] as Row<typeof schema.ranking>[],
});
type Rows = ReturnType<typeof newRows>;

interface TaskOf extends Awaited<ReturnType<typeof makeCampaign>> {
  number: number;
  placed: number;
  people: readonly UserId[];
  random: () => number;
  /** How many rankings there are already: each a second after the one before. */
  ranAt: number;
}

const begun = Date.now() - 30 * 24 * 3_600_000;

function addTask(rows: Rows, one: TaskOf): void {
  const { campaignId, roundId, modelId, number, placed, people, random } = one;
  const promptId = newId<PromptId>();
  const taskId = newId<TaskId>();
  const words = (least: number, most: number) =>
    prose(random, least + Math.floor(random() * (most - least)));
  const text = `${words(8, 40)} (${number})`;
  rows.prompts.push({ id: promptId, campaignId, text, split: "train", source: "load" });
  const completionIds: CompletionId[] = [];
  for (let i = 0; i < completionsPerTask; i++) {
    const id = newId<CompletionId>();
    completionIds.push(id);
    const params = { temperature: 1, topP: 1, maxNewTokens: 128 };
    const answer = { promptId, roundId, modelId, text: words(20, 120), seed: i, params };
    rows.completions.push({ id, ...answer, finish: "stop" });
  }
  const filled = { placed, open: placed < overlap };
  rows.tasks.push({
    id: taskId,
    campaignId,
    roundId,
    promptId,
    completionIds,
    overlap,
    ...filled,
  });
  if (number < goldTasks)
    rows.golds.push({ taskId, campaignId, expected: completionIds.map((id) => [id]) });
  const first = Math.floor(random() * people.length);
  for (let i = 0; i < placed; i++) {
    const labelerId = people[(first + i) % people.length];
    const at = new Date(begun + (one.ranAt - placed + i) * 1000);
    const assignmentId = newId<AssignmentId>();
    rows.assignments.push({
      id: assignmentId,
      taskId,
      labelerId,
      shownOrder: completionIds,
      status: "submitted",
      servedBecause: "uniform",
      leaseExpiresAt: at,
      createdAt: at,
      updatedAt: at,
    });
    const groups = completionIds.toSorted(() => random() - 0.5).map((id) => [id]);
    const said = { groups, notRankable: [], seconds: 20 + random() * 60 };
    rows.rankings.push({ taskId, assignmentId, labelerId, ...said, createdAt: at });
  }
}

async function insertRows(tx: Sql, rows: Rows): Promise<void> {
  await tx.insert(schema.prompt).values(rows.prompts);
  for (let at = 0; at < rows.completions.length; at += batch)
    await tx.insert(schema.completion).values(rows.completions.slice(at, at + batch));
  await tx.insert(schema.task).values(rows.tasks);
  if (rows.golds.length > 0) await tx.insert(gold).values(rows.golds);
  for (let at = 0; at < rows.assignments.length; at += batch) {
    await tx.insert(schema.assignment).values(rows.assignments.slice(at, at + batch));
    await tx.insert(schema.ranking).values(rows.rankings.slice(at, at + batch));
  }
}
