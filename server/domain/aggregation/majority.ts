import type { Matrix } from "./ballots";
import { reachability, strongComponents } from "./graph";

/** What majorities of two say, before any rule settles it. */
export interface Majority {
  /** the item that beats every other one; null where there is none */
  readonly condorcetWinner: number | null;
  /** the smallest set of items each of which beats every item outside it */
  readonly smithSet: readonly number[];
  /** sets of items that beat each other round: no order keeps all their majorities */
  readonly cycles: readonly (readonly number[])[];
}

/** @param margin [i][j]: ballots for i over j less those against */
export function majority(margin: Matrix): Majority {
  const items = margin.length;
  const all = margin.map((_, i) => i);
  const beats = (i: number, j: number) => margin[i][j] > 0;
  const winner = all.find((i) => all.every((j) => i === j || beats(i, j)));
  const atLeastEven = reachability(items, (i, j) => margin[i][j] >= 0);
  const cycles = strongComponents(reachability(items, beats)).filter((set) => set.length > 1);
  return {
    condorcetWinner: winner ?? null,
    // who reaches everyone by steps that are not defeats: the top component of that graph
    smithSet: all.filter((i) => all.every((j) => i === j || atLeastEven[i].has(j))),
    cycles,
  };
}
