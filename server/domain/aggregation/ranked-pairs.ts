import type { Matrix } from "./ballots";
import { reachability } from "./graph";

/** [better, worse] */
export type Relation = readonly (readonly [number, number])[];

export interface RankedPairs {
  /** items that no item is over, under some order of equal margins; null where there are too many orders */
  readonly winners: readonly number[] | null;
  /** every final relation under some order of equal margins, transitively closed; null where too many */
  readonly relations: readonly Relation[] | null;
}

/** One word a row: the relation says of each item which ones it is over. */
type Rows = readonly number[];

/**
 * Ranked pairs: majorities are locked in from the largest margin down, leaving out what would
 * close a cycle. T. N. Tideman, "Independence of clones as a criterion for voting rules" (1987).
 * Equal margins have no order of their own: every order of them is tried, none is settled by id.
 * @param margin at most 31 items @param most relations on the way, of equal margins, before giving up
 */
export function rankedPairs(margin: Matrix, most = 5000): RankedPairs {
  const edges = margin.flatMap((row, i) =>
    row.flatMap((size, j) => (size > 0 ? [{ i, j, size }] : [])),
  );
  const sizes = [...new Set(edges.map(({ size }) => size))].sort((a, b) => b - a);
  let states = new Map<string, Rows>([["", margin.map(() => 0)]]);
  for (const size of sizes) {
    const level = edges.filter((edge) => edge.size === size);
    const settled = settle(states, level, most);
    if (settled === null) return { winners: null, relations: null };
    states = settled;
  }
  const finals = [...states.values()];
  const winners = margin.flatMap((_, item) =>
    finals.some((rows) => rows.every((row) => !(row & (1 << item)))) ? [item] : [],
  );
  return { winners, relations: finals.map(relationOf) };
}

interface Edge {
  readonly i: number;
  readonly j: number;
}

/** All relations that locking `edges` in any order leads to, from any of `starts`. */
function settle(
  starts: ReadonlyMap<string, Rows>,
  edges: readonly Edge[],
  most: number,
): Map<string, Rows> | null {
  const final = new Map<string, Rows>();
  const seen = new Set<string>();
  const queue = [...starts.values()];
  for (let start = queue.pop(); start !== undefined; start = queue.pop()) {
    const { rows, choices } = lockCertain(start, edges);
    if (choices.length === 0) final.set(rows.join(), rows);
    for (const { i, j } of choices) {
      const next = lock(rows, i, j);
      const key = next.join();
      if (seen.has(key)) continue;
      if (seen.size >= most) return null;
      seen.add(key);
      queue.push(next);
    }
  }
  return final;
}

/**
 * Locks the edges that no order of `edges` can leave out: those on no cycle. Of the rest it gives
 * one knot of cycles to choose from, since what is chosen in one does not touch another.
 */
function lockCertain(
  start: Rows,
  edges: readonly Edge[],
): { rows: Rows; choices: readonly Edge[] } {
  const has = (rows: Rows, i: number, j: number) => Boolean(rows[i] & (1 << j));
  // an edge already implied, or against the relation, stays so: only the others are open
  const open = edges.filter(({ i, j }) => !has(start, i, j) && !has(start, j, i));
  if (open.length === 0) return { rows: start, choices: [] };
  const together = start.map((row, i) =>
    open.reduce((bits, edge) => (edge.i === i ? bits | (1 << edge.j) : bits), row),
  );
  const reach = reachability(start.length, (i, j) => has(together, i, j));
  const onCycle = open.filter(({ i, j }) => reach[j].has(i));
  const certain = open.filter(({ i, j }) => !reach[j].has(i));
  const rows = certain.reduce((at, { i, j }) => lock(at, i, j), start);
  const knot = onCycle[0]?.i;
  const inKnot = (i: number) => i === knot || (reach[i].has(knot) && reach[knot].has(i));
  return { rows, choices: onCycle.filter(({ i }) => inKnot(i)) };
}

/** The closed relation with i over j: all that is over i is now over all that is under j. */
function lock(rows: Rows, i: number, j: number): Rows {
  const under = rows[j] | (1 << j);
  return rows.map((row, item) => (item === i || row & (1 << i) ? row | under : row));
}

function relationOf(rows: Rows): Relation {
  return rows.flatMap((row, i) =>
    rows.flatMap((_, j): [number, number][] => (row & (1 << j) ? [[i, j]] : [])),
  );
}
