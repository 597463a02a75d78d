/**
 * First fit, longest first: each item into the first row with room for it (Johnson 1973: at most 11/9 of
 * the fewest rows, and one).
 * @param lengths tokens of each item, at most `room` @returns rows of items, by index; the same for the
 *   same lengths
 */
export function packRows(lengths: readonly number[], room: number): number[][] {
  const rows: { items: number[]; left: number }[] = [];
  const longestFirst = lengths.map((_, i) => i).sort((a, b) => lengths[b] - lengths[a] || a - b);
  for (const i of longestFirst) {
    let row = rows.find(({ left }) => left >= lengths[i]);
    if (!row) rows.push((row = { items: [], left: room }));
    row.items.push(i);
    row.left -= lengths[i];
  }
  return rows.map(({ items }) => items);
}

/** Rows are this long or a multiple of it: few shapes, and little padding. */
const step = 16;

/** Items in rows of one length: what one pass, or several, take. */
export interface Packing {
  /** Items of each row, by index. */
  rows: number[][];
  /** Tokens that a row has room for. */
  time: number;
}

export interface PackingLimits {
  /** Tokens that a row may have at most; less than the longest item is of no account. */
  longest: number;
  /** Of the model. */
  width: number;
}

/**
 * What a place costs: 24·width² operations for the matrices and 4·time·width for attention, which looks at
 * every place of a row; in proportion 6·width + time. Attention moves more memory for each operation: a
 * training step on a CPU was measured at 4.6·width + time (width 128) and 4.0·width + time (256).
 */
const placeCost = (width: number, time: number): number => 4 * width + time;

function costOf({ rows, time }: Packing, { width }: PackingLimits): number {
  return rows.length * time * placeCost(width, time);
}

/** The rows of one length that cost least: longer ones fill better, shorter ones are cheaper to attend to. */
export function cheapestRows(lengths: readonly number[], limits: PackingLimits): Packing {
  const least = Math.max(...lengths);
  const most = Math.max(least, limits.longest);
  const round = (time: number): number => Math.min(Math.ceil(time / step) * step, most);
  const fill = (time: number): Packing => ({ rows: packRows(lengths, time), time });
  let best = fill(round(least));
  for (let tried = best; tried.rows.length > 1 && tried.time < most;) {
    tried = fill(round(tried.time * 1.15));
    if (costOf(tried, limits) < costOf(best, limits)) best = tried;
  }
  return best;
}

/** What one pass more costs, in places: starting its kernels, and adding its gradients to the sum. */
const passPlaces = 128;

/** The passes that cost least together: short items are spared the long rows of long ones. */
export function cheapestPasses(lengths: readonly number[], limits: PackingLimits): Packing[] {
  const pack = (items: readonly number[]): Packing => {
    const { rows, time } = cheapestRows(
      items.map((i) => lengths[i]),
      limits,
    );
    return { rows: rows.map((row) => row.map((i) => items[i])), time };
  };
  const split = (items: readonly number[]): Packing[] => {
    const whole = pack(items);
    let best = { cost: costOf(whole, limits), at: 0 };
    for (const share of [0.25, 0.5, 0.75]) {
      const at = Math.round(items.length * share);
      if (at === 0 || at === items.length) continue;
      const [long, short] = [pack(items.slice(0, at)), pack(items.slice(at))];
      const more = passPlaces * placeCost(limits.width, short.time);
      const cost = costOf(long, limits) + costOf(short, limits) + more;
      if (cost < best.cost) best = { cost, at };
    }
    if (best.at === 0) return [whole];
    return [...split(items.slice(0, best.at)), ...split(items.slice(best.at))];
  };
  const parts = split(lengths.map((_, i) => i).sort((a, b) => lengths[b] - lengths[a] || a - b));
  const times = [...new Set(parts.map(({ time }) => time))];
  return times.map((time) => {
    const items = parts.filter((part) => part.time === time).flatMap(({ rows }) => rows.flat());
    const rows = packRows(
      items.map((i) => lengths[i]),
      time,
    );
    return { rows: rows.map((row) => row.map((i) => items[i])), time };
  });
}
