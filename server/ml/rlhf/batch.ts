/** Lengths are padded to a multiple of this: long rows make few shapes, short ones waste nothing. */
export function paddingMultiple(longest: number): number {
  return longest <= 64 ? 1 : 16;
}

/**
 * Cuts items, in order, into passes of at most `tokens` tokens with their padding; an item is never cut.
 * @param measure token rows of an item, and the longest of them @param most items in a pass
 * @param lanes that run side by side: there are as many passes at least, if there are items for them
 */
export function splitPasses<T>(
  items: readonly T[],
  measure: (item: T) => { rows: number; longest: number },
  tokens: number,
  most: number | null = null,
  lanes = 1,
): T[][] {
  const share = Math.max(1, Math.ceil(items.length / lanes));
  const limit = Math.min(most ?? share, share);
  const passes: T[][] = [];
  let rows = 0;
  let longest = 0;
  for (const item of items) {
    const size = measure(item);
    const wider = Math.max(longest, size.longest);
    const open = passes.at(-1);
    const isRoom = (rows + size.rows) * wider <= tokens && (open?.length ?? 0) < limit;
    if (open && isRoom) {
      open.push(item);
      rows += size.rows;
      longest = wider;
    } else {
      passes.push([item]);
      rows = size.rows;
      longest = size.longest;
    }
  }
  return passes;
}

/**
 * Single rows by length, longest first, in passes with little padding; the longest pass shows at once whether memory
 * does. Lanes that run side by side, pass i on lane i modulo their number, get rows of like lengths.
 */
export function passesByLength<T extends { ids: readonly number[] }>(
  rows: readonly T[],
  tokens: number,
  most: number | null = null,
  lanes = 1,
): T[][] {
  const sorted = rows.toSorted((a, b) => b.ids.length - a.ids.length);
  const measure = ({ ids }: T) => ({ rows: 1, longest: ids.length });
  const dealt = Array.from({ length: lanes }, (_, lane) =>
    splitPasses(
      sorted.filter((_row, i) => i % lanes === lane),
      measure,
      tokens,
      most,
    ),
  );
  const rounds = Math.max(...dealt.map((passes) => passes.length));
  return Array.from({ length: rounds }, (_, i) =>
    dealt.flatMap((passes) => (i < passes.length ? [passes[i]] : [])),
  ).flat();
}

/**
 * The token whose score is a row's: the last one, or the last that is not padding where a foreign folder
 * pads with its eos, which is where transformers scores it. 0 when all are padding.
 */
export function scoredToken(ids: readonly number[], padId: number | null): number {
  return Math.max(
    0,
    ids.findLastIndex((id) => id !== padId),
  );
}
