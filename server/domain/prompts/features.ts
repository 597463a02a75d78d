import { hashOf } from "./shingles";

/** Features by hashing (Weinberger et al. 2009): of 16,384 places, prompts of one campaign share few by chance. */
export const featureCount = 1 << 14;

/** One text as a sparse vector: places in rising order, and their weights. */
export interface Sparse {
  readonly at: Uint16Array;
  readonly weight: Float32Array;
}

/** Words in lower case, numbers too. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? [];

const unspaced = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Words; of Korean, Chinese and Japanese pairs of characters, which find stems under any ending (Lee and Ahn, SIGIR
 * 1996). A feature that comes n times weighs 1 + ln n.
 */
export function featuresOf(text: string): Sparse {
  const counts = new Map<number, number>();
  const count = (feature: string) => {
    const place = hashOf(feature) % featureCount;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  };
  for (const word of wordsOf(text)) {
    if (!unspaced.test(word) || word.length === 1) count(word);
    else for (let i = 0; i + 2 <= word.length; i++) count(word.slice(i, i + 2));
  }
  const places = [...counts].sort(([a], [b]) => a - b);
  return {
    at: Uint16Array.from(places, ([place]) => place),
    weight: Float32Array.from(places, ([, n]) => 1 + Math.log(n)),
  };
}

/** Weighs features down that many texts have (TF-IDF), and gives every text the length 1. Changes the vectors in place. */
export function weighByRarity(texts: readonly Sparse[]): void {
  const having = new Uint32Array(featureCount);
  for (const { at } of texts) for (const place of at) having[place] += 1;
  for (const { at, weight } of texts) {
    let square = 0;
    for (let i = 0; i < at.length; i++) {
      weight[i] *= Math.log((1 + texts.length) / (1 + having[at[i]])) + 1e-3;
      square += weight[i] ** 2;
    }
    const norm = Math.sqrt(square) || 1;
    for (let i = 0; i < at.length; i++) weight[i] /= norm;
  }
}
