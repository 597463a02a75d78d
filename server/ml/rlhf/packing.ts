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

/**
 * The rows that cost least. Longer rows fill better, but attention looks at every place of a row: a place
 * costs 24·width² for the matrices and 4·time·width for attention, in proportion 6·width + time.
 * @param longest tokens that a row may have at most; less than the longest item is of no account
 */
export function cheapestRows(
  lengths: readonly number[],
  { longest, width }: { longest: number; width: number },
): { rows: number[][]; time: number } {
  const least = Math.max(...lengths);
  const most = Math.max(least, longest);
  const round = (time: number): number => Math.min(Math.ceil(time / step) * step, most);
  let best = { rows: packRows(lengths, round(least)), time: round(least) };
  const cost = ({ rows, time }: typeof best): number => rows.length * time * (6 * width + time);
  for (let time = round(least + step); time > best.time;) {
    const tried = { rows: packRows(lengths, time), time };
    if (cost(tried) < cost(best)) best = tried;
    // a few lengths will do; one row of all is the end
    const next = round(time * 1.15);
    if (tried.rows.length === 1 || next === time) break;
    time = next;
  }
  return best;
}
