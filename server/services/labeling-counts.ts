import type { Reader } from "../db/client";
import { openHad, servedCounts, tasksLeft, type TaskWanted } from "../db/queries/distribution";
import type { Span } from "../db/queries/span";
import { ownRankings, rankingsBeyond, taskCounts } from "../db/queries/task";
import type { CampaignId, RoundId, UserId } from "../domain/ids";

/** By then every transaction that was under way has ended: what was written before does not change any more. */
const settledMs = 60_000;
/** Fewer rows are quicker counted than remembered. */
const worthKeeping = 500;
const keptAtMost = 20_000;

interface Kept {
  readonly until: Date;
  readonly counts: readonly number[];
}
const kept = new WeakMap<Reader, Map<string, Kept>>();

function rememberedBy<Value>(memory: WeakMap<Reader, Map<string, Value>>, db: Reader) {
  const map = memory.get(db) ?? new Map<string, Value>();
  memory.set(db, map);
  return map;
}

/**
 * Counts rows that are only ever added: those of long ago once, the latest at each call.
 * @param key names what is counted
 */
async function countAdded(
  db: Reader,
  key: string,
  count: (span: Span) => Promise<readonly number[]>,
): Promise<number[]> {
  const known = rememberedBy(kept, db);
  const add = (a: readonly number[], b: readonly number[]) => a.map((n, i) => n + b[i]);
  const before = known.get(key);
  const now = Date.now();
  if (before && now - before.until.getTime() < 2 * settledMs)
    return add(before.counts, await count({ from: before.until }));
  const until = new Date(now - settledMs);
  const more = await count({ from: before?.until, until });
  const counts = before ? add(before.counts, more) : more;
  if (known.size >= keptAtMost) known.clear();
  if (counts[0] >= worthKeeping) known.set(key, { until, counts });
  return add(counts, await count({ from: until }));
}

/** What a labeler was given of a campaign so far, and how much of it was gold or of the calibration pool. */
export async function servedSoFar(db: Reader, wanted: TaskWanted) {
  const key = `served ${wanted.labelerId} ${wanted.campaignId}`;
  const [all, gold, calibration] = await countAdded(db, key, async (span) => {
    const row = await servedCounts(db, wanted, span);
    return [row.all, row.gold, row.calibration];
  });
  return { all, gold, calibration };
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

/** Among so many a minute's work is not seen. */
const rehadMs = 60_000;
const hadBefore = new WeakMap<Reader, Map<string, { n: number; until: number }>>();

/** How many tasks are left for this labeler; where there are many, those others hold now among them. */
export async function leftOf(db: Reader, wanted: TaskWanted): Promise<number> {
  const { open } = await countsOf(db, wanted.roundId);
  if (open <= lookedAt) return await tasksLeft(db, wanted);
  const known = rememberedBy(hadBefore, db);
  const key = `${wanted.labelerId} ${wanted.roundId}`;
  let had = known.get(key);
  if (!had || Date.now() > had.until) {
    if (known.size >= keptAtMost) known.clear();
    // those who came together, as after a start, are not counted together again
    const until = Date.now() + rehadMs * (1 + Math.random());
    had = { n: await openHad(db, wanted), until };
    known.set(key, had);
  }
  return Math.max(0, open - had.n);
}

/**
 * Rankings that a round wants and has on its places, those given beyond them since it began (gold and
 * calibration), and how many of all are this labeler's.
 */
export async function progressOf(
  db: Reader,
  round: { campaignId: CampaignId; roundId: RoundId; begun: Date },
  labelerId: UserId,
) {
  const { wanted, done } = await countsOf(db, round.roundId);
  const [beyond] = await countAdded(db, `beyond ${round.roundId}`, async (span) => [
    await rankingsBeyond(db, { ...round, ...span }),
  ]);
  const [mine] = await countAdded(db, `mine ${labelerId} ${round.roundId}`, async (span) => [
    await ownRankings(db, labelerId, { ...round, ...span }),
  ]);
  return { wanted, done, beyond, mine };
}
