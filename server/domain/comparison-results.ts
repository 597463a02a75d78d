import { signTest } from "./statistics/exact";
import { winRate, type Interval, type WinRate, wilsonInterval } from "./statistics/proportion";

/** Comparisons that were given alike. */
export interface ComparisonVote<Model extends string> {
  readonly left: Model;
  readonly right: Model;
  /** Below zero the left one is preferred; null: neither could be judged. */
  readonly preference: number | null;
  readonly count: number;
}

/** How two models stand against each other. */
export interface PairResult<Model extends string> {
  readonly models: readonly [Model, Model];
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** Comparisons in which neither could be judged; they count nowhere else. */
  readonly unjudged: number;
  /** Of the first model. */
  readonly rate: WinRate;
  /** The first model's mean preference in points of the scale; null where nothing was judged. */
  readonly strength: number | null;
}

/** Whether labelers prefer what stands on the left. Sides are drawn at random: without bias it is half. */
export interface SideBias {
  readonly left: number;
  readonly right: number;
  /** Share of decided comparisons that the left one won; null where none is decided. */
  readonly share: number | null;
  readonly interval: Interval;
  /** Two-sided sign test against one half. */
  readonly p: number;
}

export interface ComparisonResults<Model extends string> {
  readonly pairs: readonly PairResult<Model>[];
  readonly sides: SideBias;
  /** How often each point was chosen, by preference of the right one. */
  readonly points: Readonly<Record<number, number>>;
}

/**
 * What a campaign's comparisons say: win rates by pair of models, and whether the side decided.
 * @param against stands second in each of its pairs: others' wins over it are counted; else the order is by id
 */
export function comparisonResults<Model extends string>(
  votes: readonly ComparisonVote<Model>[],
  against: Model | null = null,
): ComparisonResults<Model> {
  const pairs = new Map<string, { models: [Model, Model]; of: Weighed[] }>();
  const points: Record<number, number> = {};
  let [left, right] = [0, 0];
  for (const { preference, count, ...sides } of votes) {
    const models = inOrder(sides.left, sides.right, against);
    const key = models.join(" ");
    const pair = pairs.get(key) ?? { models, of: [] };
    pairs.set(key, pair);
    // for the first model, positive
    const towards = sides.right === models[0] ? 1 : -1;
    pair.of.push({ count, towards: preference === null ? null : preference * towards });
    if (preference === null) continue;
    points[preference] = (points[preference] ?? 0) + count;
    if (preference < 0) left += count;
    if (preference > 0) right += count;
  }
  const decided = left + right;
  return {
    pairs: [...pairs.values()].map(({ models, of }) => pairResult(models, of)),
    sides: {
      left,
      right,
      share: decided === 0 ? null : left / decided,
      interval: wilsonInterval(left, decided),
      p: signTest(left, decided),
    },
    points,
  };
}

function inOrder<Model extends string>(a: Model, b: Model, against: Model | null): [Model, Model] {
  if (a === against || b === against) return a === against ? [b, a] : [a, b];
  return a < b ? [a, b] : [b, a];
}

/** How far so many comparisons went towards the first model. */
interface Weighed {
  readonly count: number;
  readonly towards: number | null;
}

function pairResult<Model extends string>(
  models: [Model, Model],
  all: readonly Weighed[],
): PairResult<Model> {
  const [none, wins, ties, losses] = [
    sumOf(all, (towards) => (towards === null ? 1 : 0)),
    sumOf(all, (towards) => (towards !== null && towards > 0 ? 1 : 0)),
    sumOf(all, (towards) => (towards === 0 ? 1 : 0)),
    sumOf(all, (towards) => (towards !== null && towards < 0 ? 1 : 0)),
  ];
  const judged = wins + ties + losses;
  return {
    models,
    wins,
    ties,
    losses,
    unjudged: none,
    rate: winRate(wins, ties, losses),
    strength: judged === 0 ? null : sumOf(all, (towards) => towards ?? 0) / judged,
  };
}

const sumOf = (all: readonly Weighed[], worth: (towards: number | null) => number): number =>
  all.reduce((sum, { count, towards }) => sum + count * worth(towards), 0);
