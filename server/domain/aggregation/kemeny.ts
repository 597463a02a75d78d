import { AppError } from "../app-error";
import type { Matrix } from "./ballots";

/** The exact search looks at every subset of the items: 2¹⁴ · 14 steps take milliseconds. */
export const KEMENY_ITEMS = 14;

export interface Kemeny {
  /** two items of one ballot in the other order than the best orders have them, summed over ballots */
  readonly disagreements: number;
  /** how many strict orders have so few: more than one is a tie of the rule itself */
  readonly count: number;
  /** these orders, best item first, up to the limit; as many as `count` where that is within it */
  readonly orders: readonly (readonly number[])[];
  /** what all of them share, best first: items whose order is not settled stand in one group */
  readonly groups: readonly (readonly number[])[];
}

/**
 * Kemeny's rule, exact: all strict orders with the least disagreement with the ballots (a tie in a
 * ballot costs nothing either way). J. G. Kemeny (1959); by dynamic programming over the set of
 * items already placed, as for the travelling salesman (Held & Karp 1962).
 * @param prefer [i][j]: ballots that put i strictly over j @throws AppError above KEMENY_ITEMS
 */
export function kemeny(prefer: Matrix, limit = 1000): Kemeny {
  const n = prefer.length;
  if (n > KEMENY_ITEMS) {
    throw new AppError(
      "bad-input",
      `Kemeny's rule is exact up to ${KEMENY_ITEMS} items, and there are ${n}; use ranked pairs or strengths.`,
    );
  }
  const full = (1 << n) - 1;
  // cost[set]: least disagreement among, and against, what has its place when `set` fills the top
  const cost = new Float64Array(full + 1).fill(Infinity);
  const ways = new Float64Array(full + 1); // to reach that cost
  cost[0] = 0;
  ways[0] = 1;
  const placing = costOfPlacing(prefer);
  for (let set = 0; set < full; set++) {
    for (let item = 0; item < n; item++) {
      if (set & (1 << item)) continue;
      const to = set | (1 << item);
      const total = cost[set] + placing(item, set);
      if (isLess(total, cost[to])) {
        cost[to] = total;
        ways[to] = ways[set];
      } else if (!isLess(cost[to], total)) ways[to] += ways[set];
    }
  }
  // rest[set]: best ways to go on from `set`, among the best ways to reach everything
  const rest = new Float64Array(full + 1);
  rest[full] = 1;
  const steps = (to: number): number[] =>
    Array.from({ length: n }, (_, item) => item).filter((item) => {
      if (!(to & (1 << item))) return false;
      const from = to & ~(1 << item);
      return !isLess(cost[to], cost[from] + placing(item, from));
    });
  for (let to = full; to > 0; to--) {
    if (rest[to] > 0) for (const item of steps(to)) rest[to & ~(1 << item)] += rest[to];
  }
  const orders: number[][] = [];
  const collect = (to: number, below: readonly number[]): void => {
    if (orders.length >= limit) return;
    if (to === 0) orders.push([...below]);
    else for (const item of steps(to)) collect(to & ~(1 << item), [item, ...below]);
  };
  collect(full, []);
  // a set that every best order passes through cuts them all at one place
  const cuts = Array.from({ length: full + 1 }, (_, set) => set)
    .filter((set) => set > 0 && rest[set] > 0 && ways[set] * rest[set] === ways[full])
    .sort((a, b) => sizeOf(a) - sizeOf(b));
  const groups = cuts.map((set, i) => membersOf(set & ~(cuts[i - 1] ?? 0)));
  return { disagreements: cost[full], count: ways[full], orders: orders.sort(byItems), groups };
}

/** Ballots that had rather seen one of the items not yet placed above `item`. */
function costOfPlacing(prefer: Matrix): (item: number, placed: number) => number {
  return (item, placed) => {
    let sum = 0;
    for (let other = 0; other < prefer.length; other++) {
      if (other !== item && !(placed & (1 << other))) sum += prefer[other][item];
    }
    return sum;
  };
}

/** Weights of labelers are fractions: sums that differ by rounding alone are equal. */
function isLess(a: number, b: number): boolean {
  return a < b - 1e-9 * Math.max(1, Math.abs(b === Infinity ? 0 : b));
}

function membersOf(set: number): number[] {
  return Array.from({ length: 31 }, (_, item) => item).filter((item) => set & (1 << item));
}

const sizeOf = (set: number): number => membersOf(set).length;

function byItems(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((item, i) => item !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}
