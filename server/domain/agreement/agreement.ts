import { coincidences, krippendorffAlpha, type Metric } from "./alpha";
import { kendallW } from "./concordance";
import { addPairs, comparePairs, NO_PAIRS, type PairwiseCounts, votesOf } from "./pairwise";
import { type Groups, levels, type Levels, rankVector } from "./rank-vector";
import { kendallTau } from "./tau";

/** One labeler's order of some of a prompt's items. */
export interface LabelerOrder {
  readonly labeler: string;
  readonly groups: Groups;
  /** the items that were there to be ranked, in the order of the file */
  readonly shown: readonly number[];
}

export interface PromptOrders {
  /** items are numbered 0 to items − 1 */
  readonly items: number;
  readonly orders: readonly LabelerOrder[];
}

/** How the labelers of one prompt agree, in numbers that can be pooled. */
export interface PromptAgreement {
  readonly labelers: number;
  readonly orders: number;
  readonly votes: number;
  readonly ties: number;
  /** over all two labelers */
  readonly pairs: PairwiseCounts;
  /** over two orders of the same labeler */
  readonly repeated: PairwiseCounts;
  /** over all two orders, counting two items only where both orders list them the same way round */
  readonly listed: PairwiseCounts;
  /** τ-b of every two labelers where it is defined, and how often it is not */
  readonly taus: readonly number[];
  readonly undefinedTaus: number;
  /** W of every set of items that two labelers or more were shown */
  readonly ws: readonly number[];
  /** ranks given to one item of one set, by labeler: the units of α */
  readonly units: readonly (readonly number[])[];
}

export function promptAgreement({ items, orders }: PromptOrders): PromptAgreement {
  let [pairs, repeated, listed] = [NO_PAIRS, NO_PAIRS, NO_PAIRS];
  const taus: (number | null)[] = [];
  const ranks = orders.map(({ groups }) => rankVector(groups, items));
  const places = orders.map(({ shown }) => new Map(shown.map((item, at) => [item, at])));
  const level = orders.map(({ groups }) => levels(groups));
  for (const [i, j] of sharingPairs(level, items)) {
    const before = (order: number, x: number, y: number) =>
      places[order].get(x)! < places[order].get(y)!;
    const sameWay = (x: number, y: number) => before(i, x, y) === before(j, x, y);
    const counts = comparePairs(level[i], level[j]);
    listed = addPairs(listed, comparePairs(level[i], level[j], sameWay));
    if (orders[i].labeler === orders[j].labeler) repeated = addPairs(repeated, counts);
    else {
      pairs = addPairs(pairs, counts);
      taus.push(kendallTau(ranks[i], ranks[j]).tau);
    }
  }
  const votes = orders.map(({ groups }) => votesOf(groups));
  const defined = taus.filter((tau) => tau !== null);
  return {
    labelers: new Set(orders.map(({ labeler }) => labeler)).size,
    orders: orders.length,
    votes: votes.reduce((sum, own) => sum + own.votes, 0),
    ties: votes.reduce((sum, own) => sum + own.ties, 0),
    pairs,
    repeated,
    listed,
    taus: defined,
    undefinedTaus: taus.length - defined.length,
    ...bySet({ items, orders }),
  };
}

/** Every two orders that have two items or more in common: of many that are short, few do. */
function* sharingPairs(orders: readonly Levels[], items: number): Generator<[number, number]> {
  const having: number[][] = Array.from({ length: items }, () => []);
  for (const [i, order] of orders.entries()) {
    const shared = new Map<number, number>();
    for (const item of order.keys()) {
      for (const other of having[item]) shared.set(other, (shared.get(other) ?? 0) + 1);
      having[item].push(i);
    }
    for (const [other, common] of shared) if (common > 1) yield [other, i];
  }
}

/**
 * What needs ranks that mean the same: a rank among five is another thing than one among nine, so
 * orders are held together by the set of items shown. A labeler's later order of a set stands for
 * the earlier.
 */
function bySet({ items, orders }: PromptOrders): Pick<PromptAgreement, "ws" | "units"> {
  const sets = new Map<string, Map<string, Groups>>();
  for (const { labeler, groups, shown } of orders) {
    const key = shown.toSorted((a, b) => a - b).join();
    const set = sets.get(key) ?? new Map<string, Groups>();
    sets.set(key, set.set(labeler, groups));
  }
  const ws: number[] = [];
  const units: number[][] = [];
  for (const [key, set] of sets) {
    const all = [...set.values()];
    const ranks = all.map((groups) => rankVector(groups, items));
    const shown = key.split(",").map(Number);
    units.push(...shown.map((item) => ranks.map((own) => own[item]).filter((x) => x !== null)));
    const common = shown.filter((item) => ranks.every((own) => own[item] !== null));
    const w = kendallW(all.map((groups) => ranksAmong(groups, common)))?.w ?? null;
    if (w !== null) ws.push(w);
  }
  return { ws, units };
}

/** Ranks of `items` when all others are taken out. */
function ranksAmong(groups: Groups, items: readonly number[]): number[] {
  const among = groups.map((group) => group.filter((item) => items.includes(item)));
  const ranks = rankVector(among, Math.max(-1, ...items) + 1);
  return items.map((item) => ranks[item]!);
}

/** The same numbers over many prompts. */
export function pool(prompts: readonly PromptAgreement[]): Omit<PromptAgreement, "labelers"> {
  const sum = (of: (one: PromptAgreement) => number) =>
    prompts.reduce((total, one) => total + of(one), 0);
  const counts = (of: (one: PromptAgreement) => PairwiseCounts) =>
    prompts.reduce((total, one) => addPairs(total, of(one)), NO_PAIRS);
  return {
    orders: sum((one) => one.orders),
    votes: sum((one) => one.votes),
    ties: sum((one) => one.ties),
    pairs: counts((one) => one.pairs),
    repeated: counts((one) => one.repeated),
    listed: counts((one) => one.listed),
    taus: prompts.flatMap((one) => one.taus),
    undefinedTaus: sum((one) => one.undefinedTaus),
    ws: prompts.flatMap((one) => one.ws),
    units: prompts.flatMap((one) => one.units),
  };
}

/** Krippendorff's α of ranks. @returns null where no unit has two values, or all are the same */
export function rankAlpha({ units }: Pick<PromptAgreement, "units">, metric: Metric) {
  return krippendorffAlpha(coincidences(units), metric);
}
