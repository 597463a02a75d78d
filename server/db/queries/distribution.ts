import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  gt,
  inArray,
  isNull,
  lt,
  ne,
  not,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { drawOrder } from "../../domain/assignment";
import type { Sampling } from "../../domain/distribution";
import { type CampaignId, newId, type RoundId, type TaskId, type UserId } from "../../domain/ids";
import { askedStatuses } from "../../domain/rounds/machine";
import { isReached, type Reach } from "./member";
import type { Reader, Sql } from "../client";
import { type Given, prepared, type Value } from "../prepared";
import {
  assignment,
  campaign,
  completion,
  demonstration,
  prompt,
  round,
  task,
  user,
} from "../schema";
import { quizItem } from "../schema-entry";
import { gold } from "../schema-quality";
import { leasesOfTask, rankingsOfTask, type TaskRow } from "./task";

const one = { one: sql<number>`1` };

/** For whom tasks are wanted, and of which campaign. */
export interface TaskWanted {
  labelerId: UserId;
  /** That they read; null: any. */
  languages: readonly string[] | null;
  campaignId: CampaignId;
  /** The campaign's round that collects. */
  roundId: RoundId;
  now: Date;
}

/** What a query draws by; its values may come later. */
interface DrawnFor {
  readonly labelerId: Value<UserId>;
  readonly languages: readonly string[] | null;
  readonly roundId: Value<RoundId>;
  readonly now: Value<Date>;
}

/** Not had before by this labeler, in a quiz neither, neither prompt nor any answer their own, and in a language they read. */
function isFreshTo(
  db: Reader,
  { labelerId, languages }: Pick<DrawnFor, "labelerId" | "languages">,
): SQL | undefined {
  const had = db
    .select(one)
    .from(assignment)
    .where(and(eq(assignment.taskId, task.id), eq(assignment.labelerId, labelerId)));
  const ownAnswer = db
    .select(one)
    .from(completion)
    .innerJoin(demonstration, eq(completion.demonstrationId, demonstration.id))
    .where(and(eq(completion.promptId, task.promptId), eq(demonstration.authorId, labelerId)));
  const quizzed = db
    .select(one)
    .from(quizItem)
    .where(and(eq(quizItem.taskId, task.id), eq(quizItem.userId, labelerId)));
  return and(
    not(exists(had)),
    not(exists(quizzed)),
    not(exists(ownAnswer)),
    or(isNull(prompt.createdById), ne(prompt.createdById, labelerId)),
    languages === null
      ? undefined
      : or(isNull(prompt.language), inArray(prompt.language, [...languages])),
  );
}

/** What may have a place for somebody: tasks that rankings have not filled, or the calibration pool. */
const isOpen = ({ roundId }: Pick<DrawnFor, "roundId">, calibration: boolean): SQL | undefined =>
  and(eq(task.roundId, roundId), eq(task.calibration, calibration), eq(task.open, true));

/** What is open to this labeler of the round that collects: places of tasks, or the calibration pool. */
const openTo = (db: Reader, wanted: DrawnFor, calibration: boolean): SQL | undefined =>
  and(
    isOpen(wanted, calibration),
    calibration
      ? undefined
      : lt(
          sql`${rankingsOfTask(db)} + ${leasesOfTask(db, wanted.labelerId, wanted.now)}`,
          task.overlap,
        ),
    isFreshTo(db, wanted),
  );

/** How often people were given tasks of each cluster in the rounds that collect. */
const clusterCounts = (db: Reader, campaignId: CampaignId) =>
  db
    .select({ named: clusterName.as("named"), n: count().as("n") })
    .from(assignment)
    .innerJoin(task, eq(assignment.taskId, task.id))
    .innerJoin(round, eq(task.roundId, round.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(
      and(
        eq(task.campaignId, campaignId),
        inArray(round.status, askedStatuses),
        inArray(assignment.status, ["active", "submitted"]),
      ),
    )
    .groupBy(clusterName)
    .as("clusters");
/** Prompts that nobody sorted are clustered by where they came from. */
const clusterName = sql<string>`coalesce(${prompt.cluster}, ${prompt.source})`;

const drawnColumns = { task, priority: prompt.priority, cluster: clusterName };

export interface DrawnTask {
  task: TaskRow;
  priority: number;
  cluster: string;
  clusterCount: number;
}

/** One task that this labeler may be lent, by the campaign's way of sampling, chance between equals. */
export const drawTask = async (
  db: Reader,
  wanted: TaskWanted,
  { sampling, calibration }: { sampling: Sampling; calibration: boolean },
): Promise<DrawnTask | null> =>
  calibration || sampling === "uniform"
    ? await drawUniformly(db, wanted, calibration)
    : await drawFirst(db, wanted, sampling);

interface Between {
  roundId: RoundId;
  after: TaskId;
  before: TaskId;
}

const openBetween = prepared(
  (
    db,
    { roundId, after, before }: Given<Between>,
    shape: { calibration: boolean; after: boolean; before: boolean; limit: number },
  ) =>
    db
      .select({ id: task.id })
      .from(task)
      .where(
        and(
          isOpen({ roundId }, shape.calibration),
          shape.after ? gt(task.id, after) : undefined,
          shape.before ? lt(task.id, before) : undefined,
        ),
      )
      .orderBy(asc(task.id))
      .limit(shape.limit),
);

/**
 * Ids of what is open, in windows: from a point drawn at random on, round to it again. Ids are random, so
 * every task is as likely as any other to be in the first.
 */
async function* windows(db: Reader, { roundId }: TaskWanted, calibration: boolean) {
  const start = newId<TaskId>();
  const part = async (after: TaskId | null, before: TaskId | null, limit: number) => {
    const values = { roundId, after: after ?? start, before: before ?? start };
    const shape = { calibration, after: after !== null, before: before !== null, limit };
    return (await openBetween(db, values, shape)).map(({ id }) => id);
  };
  let after = start;
  let turned = false;
  for (let width = 32; ; width = Math.min(4 * width, 1024)) {
    const ids = await part(after, turned ? start : null, width);
    if (ids.length < width && !turned) {
      turned = true;
      ids.push(...(await part(null, start, width)).slice(0, width - ids.length));
    }
    if (ids.length > 0) yield ids;
    if (ids.length < width) return;
    after = ids[width - 1];
  }
}

const drawnIfOpen = prepared(
  (
    db,
    {
      id,
      labelerId,
      roundId,
      now,
    }: Given<{ id: TaskId; labelerId: UserId; roundId: RoundId; now: Date }>,
    { languages, calibration }: { languages: TaskWanted["languages"]; calibration: boolean },
  ) =>
    db
      .select(drawnColumns)
      .from(task)
      .innerJoin(prompt, eq(task.promptId, prompt.id))
      .where(and(eq(task.id, id), openTo(db, { labelerId, roundId, now, languages }, calibration))),
);

/** So many are looked at one by one, as most are open to most; the others of a window together. */
const oneByOne = 3;

async function drawUniformly(
  db: Reader,
  wanted: TaskWanted,
  calibration: boolean,
): Promise<DrawnTask | null> {
  const { labelerId, roundId, now, languages } = wanted;
  for await (const ids of windows(db, wanted, calibration)) {
    const shuffled = drawOrder(ids, Math.random);
    for (const id of shuffled.slice(0, oneByOne)) {
      const values = { id, labelerId, roundId, now };
      const [row] = await drawnIfOpen(db, values, { languages, calibration });
      if (row) return { ...row, clusterCount: 0 };
    }
    const rest = shuffled.slice(oneByOne);
    if (rest.length === 0) continue;
    const [row] = await db
      .select(drawnColumns)
      .from(task)
      .innerJoin(prompt, eq(task.promptId, prompt.id))
      .where(and(inArray(task.id, rest), openTo(db, wanted, calibration)))
      .orderBy(sql`random()`)
      .limit(1);
    if (row) return { ...row, clusterCount: 0 };
  }
  return null;
}

/** The first by an order: looked for among the first few that are open, then among more, then among all. */
async function drawFirst(
  db: Reader,
  wanted: TaskWanted,
  sampling: Exclude<Sampling, "uniform">,
): Promise<DrawnTask | null> {
  const clusters = clusterCounts(db, wanted.campaignId);
  const clusterCount =
    sampling === "coverage" ? sql`coalesce(${clusters.n}, 0)`.mapWith(Number) : sql<number>`0`;
  const order = {
    priority: desc(prompt.priority),
    uncertainty: desc(sql`coalesce(${task.uncertainty}, -1)`),
    coverage: asc(clusterCount),
  }[sampling];
  const inOrder = (where: SQL | undefined, limit: number) => {
    const rows = db
      .select({ ...drawnColumns, clusterCount })
      .from(task)
      .innerJoin(prompt, eq(task.promptId, prompt.id))
      .$dynamic();
    const counted =
      sampling === "coverage" ? rows.leftJoin(clusters, eq(clusters.named, clusterName)) : rows;
    return counted
      .where(where)
      .orderBy(order, sql`random()`)
      .limit(limit);
  };
  for (const width of [32, 512]) {
    const first = await inOrder(isOpen(wanted, false), width);
    const ids = first.map((row) => row.task.id);
    if (ids.length === 0) return null;
    const [row] = await inOrder(and(inArray(task.id, ids), openTo(db, wanted, false)), 1);
    if (row) return row;
    if (ids.length < width) return null;
  }
  const [row] = await inOrder(openTo(db, wanted, false), 1);
  return row ?? null;
}

/** A gold task that this labeler has not had, each equally likely; null when none is left. */
export async function drawGold(db: Reader, wanted: TaskWanted): Promise<TaskRow | null> {
  const [row] = await db
    .select({ task })
    .from(gold)
    .innerJoin(task, eq(gold.taskId, task.id))
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(
      and(eq(gold.campaignId, wanted.campaignId), isNull(gold.retiredAt), isFreshTo(db, wanted)),
    )
    .orderBy(sql`random()`)
    .limit(1);
  return row?.task ?? null;
}

/** How many tasks are left for this labeler, each looked at. */
export async function tasksLeft(db: Reader, wanted: TaskWanted): Promise<number> {
  const [row] = await db
    .select({ left: count() })
    .from(task)
    .innerJoin(prompt, eq(task.promptId, prompt.id))
    .where(or(openTo(db, wanted, false), openTo(db, wanted, true)));
  return row.left;
}

/** How many of the round's open tasks this labeler was given already. */
export async function openHad(db: Reader, { labelerId, roundId }: TaskWanted): Promise<number> {
  // not a join: of that the planner would begin with all open tasks
  const isStillOpen = db
    .select(one)
    .from(task)
    .where(and(eq(task.id, assignment.taskId), eq(task.roundId, roundId), eq(task.open, true)));
  const [row] = await db
    .select({ n: count() })
    .from(assignment)
    .where(and(eq(assignment.labelerId, labelerId), exists(isStillOpen)));
  return row.n;
}

/** To how many labelers a task was given as gold. */
export async function goldSeen(db: Reader, taskId: TaskId): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(assignment)
    .where(and(eq(assignment.taskId, taskId), eq(assignment.purpose, "gold")));
  return row.n;
}

export const retireGold = (tx: Sql, taskId: TaskId, at: Date) =>
  tx.update(gold).set({ retiredAt: at }).where(eq(gold.taskId, taskId));

const traitsOf = prepared((db, { id }: Given<{ id: UserId }>) =>
  db
    .select({
      languages: user.languages,
      qualifications: user.qualifications,
      simulated: user.simulated,
    })
    .from(user)
    .where(eq(user.id, id)),
);

/** What decides which tasks a person may be given. */
export async function labelerTraits(db: Reader, id: UserId) {
  const [row] = await traitsOf(db, { id });
  return row ?? { languages: null, qualifications: null, simulated: false };
}

const collecting = prepared((db, _given: Given<object>, reach: Reach) =>
  db
    .select({ id: campaign.id, roundId: round.id, config: campaign.config })
    .from(campaign)
    .innerJoin(round, and(eq(round.campaignId, campaign.id), eq(round.number, campaign.round)))
    .where(
      and(eq(campaign.status, "open"), inArray(round.status, askedStatuses), isReached(reach)),
    ),
);

/** The open campaigns, or the one asked for, with what decides how they hand out tasks. */
export async function collectingCampaigns(db: Reader, reach: Reach, campaignId?: CampaignId) {
  const rows = await collecting(db, {}, reach);
  return campaignId === undefined ? rows : rows.filter(({ id }) => id === campaignId);
}
