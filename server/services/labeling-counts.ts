import type { Reader } from "../db/client";
import { openHad, tasksLeft, type TaskWanted } from "../db/queries/distribution";
import { rankingsBeyond, tallyOf } from "../db/queries/tally";
import { taskCounts } from "../db/queries/task";
import type { RoundId, UserId } from "../domain/ids";

const keptAtMost = 20_000;

function rememberedBy<Value>(memory: WeakMap<Reader, Map<string, Value>>, db: Reader) {
  const map = memory.get(db) ?? new Map<string, Value>();
  memory.set(db, map);
  return map;
}

/** From so many tasks on a round is counted every few seconds, not at every request. */
const largeRound = 5000;
const recountMs = 5000;

type TaskCounts = Awaited<ReturnType<typeof taskCounts>>;
const counted = new WeakMap<Reader, Map<string, TaskCounts & { at: number }>>();

async function countsOf(db: Reader, roundId: RoundId): Promise<TaskCounts> {
  const known = rememberedBy(counted, db);
  const before = known.get(roundId);
  if (before && Date.now() - before.at < recountMs) return before;
  const counts = await taskCounts(db, roundId);
  if (counts.tasks >= largeRound) known.set(roundId, { ...counts, at: Date.now() });
  return counts;
}

/** More open tasks than these are not looked at one by one to tell how many are left. */
const lookedAt = 500;
/** Of those, a share of what is left so small that nobody misses it. */
const unnoticed = 0.1;

/** Among so many a minute's work is not seen. */
const rehadMs = 60_000;
const hadBefore = new WeakMap<Reader, Map<string, { n: Promise<number>; until: number }>>();

/**
 * How many tasks are left for this labeler; where there are many, those others hold now among them, and less what this
 * labeler had, full by now or not, where that is little.
 */
export async function leftOf(db: Reader, wanted: TaskWanted): Promise<number> {
  const { open } = await countsOf(db, wanted.roundId);
  if (open <= lookedAt) return await tasksLeft(db, wanted);
  const { served } = await tallyOf(db, wanted.labelerId, wanted.roundId);
  if (served <= unnoticed * open) return open - served;
  const known = rememberedBy(hadBefore, db);
  const key = `${wanted.labelerId} ${wanted.roundId}`;
  let had = known.get(key);
  if (!had || Date.now() > had.until) {
    if (known.size >= keptAtMost) known.clear();
    // those who came together, as after a start, are not counted together again
    const until = Date.now() + rehadMs * (1 + Math.random());
    had = { n: openHad(db, wanted), until };
    known.set(key, had);
  }
  return Math.max(0, open - (await had.n));
}

/**
 * Rankings that a round wants and has on its places, those given beyond them since it began (gold and
 * calibration), and how many of all are this labeler's.
 */
export async function progressOf(db: Reader, roundId: RoundId, labelerId: UserId) {
  const { wanted, done } = await countsOf(db, roundId);
  const beyond = await rankingsBeyond(db, roundId);
  const { ranked: mine } = await tallyOf(db, labelerId, roundId);
  return { wanted, done, beyond, mine };
}
