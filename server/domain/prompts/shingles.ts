/**
 * Near-duplicates by shingles: Broder, "On the resemblance and containment of documents" (1997). Two texts are as
 * alike as the share of their shingles that both have (Jaccard).
 */

/** Letters in a row. Of five, two unrelated texts of any length share few. */
const width = 5;

/** From this resemblance on two texts are pointed out as near-duplicates: one word in ten changed. */
export const nearThreshold = 0.65;

/**
 * What of a text counts: case, spaces and punctuation do not. NFKD takes Hangul apart into its letters, so that another
 * particle in Korean changes as much as another ending does in English.
 */
function counted(text: string): string {
  const letters = text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();
  return letters === "" ? text.trim() : letters;
}

/** FNV-1a over UTF-16 units `start` to `end`, mixed to the end as MurmurHash3 does. @returns 32 bits */
export function hashOf(text: string, start = 0, end = text.length): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash);
}

/** The finalizer of MurmurHash3: every bit of the result depends on every bit of the number. */
export function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A text's shingles, each as 32 bits of hash. Never empty. */
export function shinglesOf(text: string): Set<number> {
  const letters = counted(text);
  const shingles = new Set<number>();
  if (letters.length <= width) return shingles.add(hashOf(letters));
  for (let i = 0; i + width <= letters.length; i++) shingles.add(hashOf(letters, i, i + width));
  return shingles;
}

/** @returns 0 (nothing in common) to 1 (the same but for case, spaces and punctuation) */
export function resemblance(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let both = 0;
  for (const shingle of few) if (many.has(shingle)) both++;
  return both / (a.size + b.size - both);
}
