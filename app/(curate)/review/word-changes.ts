/** A run of words: in both texts, or in one of them alone. */
export interface Change {
  readonly words: string;
  readonly in: "both" | "before" | "after";
}

/** Words and what stands between them: nothing of either text is left out. */
const partsOf = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? [];

/** More words than these are shown as one change: the table of the comparison grows with their product. */
const mostCells = 4_000_000;

/**
 * What a reviewer changed, word by word: the longest common subsequence of what stands between the
 * first and the last difference.
 */
export function wordChanges(before: string, after: string): Change[] {
  const [a, b] = [partsOf(before), partsOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  const room = Math.min(a.length, b.length) - start;
  while (end < room && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const both = (words: string[]): Change[] =>
    words.length === 0 ? [] : [{ words: words.join(""), in: "both" }];
  return joined([...both(a.slice(0, start)), ...middle, ...both(a.slice(a.length - end))]);
}

function between(a: readonly string[], b: readonly string[]): Change[] {
  const gone = { words: a.join(""), in: "before" } as const;
  const come = { words: b.join(""), in: "after" } as const;
  if (a.length * b.length > mostCells) return [gone, come];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width); // [i][j]: of a from i on and b from j on
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i] === b[j]
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      changes.push({ words: a[i++], in: "both" });
      j++;
    } else if (
      j === b.length ||
      (i < a.length && common[(i + 1) * width + j] >= common[i * width + j + 1])
    )
      changes.push({ words: a[i++], in: "before" });
    else changes.push({ words: b[j++], in: "after" });
  }
  return changes;
}

/** Runs of one kind as one change. */
function joined(changes: readonly Change[]): Change[] {
  const runs: Change[] = [];
  for (const change of changes) {
    const last = runs.at(-1);
    if (change.words === "") continue;
    if (last?.in === change.in)
      runs[runs.length - 1] = { ...last, words: last.words + change.words };
    else runs.push(change);
  }
  return runs;
}
