import { featureCount, type Sparse } from "./features";

const dot = ({ at, weight }: Sparse, center: Float32Array): number => {
  let sum = 0;
  for (let i = 0; i < at.length; i++) sum += weight[i] * center[at[i]];
  return sum;
};

/** How many clusters are asked for where nobody says: the square root of half the texts, 2 to 20. */
export const usualClusters = (texts: number): number =>
  Math.max(2, Math.min(20, Math.round(Math.sqrt(texts / 2))));

/**
 * Spherical k-means (Dhillon and Modha, "Concept decompositions for large sparse text data using clustering", 2001),
 * begun by k-means++ (Arthur and Vassilvitskii 2007). Yields after every pass, for progress and to be stopped.
 * @param texts vectors of length 1 @param random uniform in [0, 1): the same numbers give the same clusters
 * @returns the cluster of each text
 */
export function* clusterTexts(
  texts: readonly Sparse[],
  k: number,
  random: () => number,
  passes = 15,
): Generator<number, Int32Array> {
  const centers = spread(texts, Math.min(k, texts.length), random);
  const of = new Int32Array(texts.length).fill(-1);
  for (let pass = 0; pass < passes; pass++) {
    let moved = 0;
    for (const [i, text] of texts.entries()) {
      let [best, most] = [0, -Infinity];
      for (const [c, center] of centers.entries()) {
        const near = dot(text, center);
        if (near > most) [best, most] = [c, near];
      }
      if (of[i] !== best) moved += 1;
      of[i] = best;
    }
    yield (pass + 1) / passes;
    if (moved <= texts.length / 1000) break;
    recenter(texts, of, centers);
  }
  return of;
}

function asCenter({ at, weight }: Sparse): Float32Array {
  const center = new Float32Array(featureCount);
  for (let i = 0; i < at.length; i++) center[at[i]] = weight[i];
  return center;
}

/** First centers far from each other: each text is drawn by its distance from the nearest that was. */
function spread(texts: readonly Sparse[], k: number, random: () => number): Float32Array[] {
  const centers: Float32Array[] = [];
  const away = new Float64Array(texts.length).fill(1);
  while (centers.length < k) {
    let draw = random() * away.reduce((sum, one) => sum + one, 0);
    let chosen = away.findIndex((one) => (draw -= one) < 0);
    if (chosen < 0) chosen = Math.floor(random() * texts.length);
    const center = asCenter(texts[chosen]);
    centers.push(center);
    for (const [i, text] of texts.entries())
      away[i] = Math.min(away[i], Math.max(0, 1 - dot(text, center)));
  }
  return centers;
}

/** Every center becomes the direction of its texts' sum; one without texts stays where it is. */
function recenter(texts: readonly Sparse[], of: Int32Array, centers: Float32Array[]): void {
  const sums = centers.map(() => new Float32Array(featureCount));
  for (const [i, { at, weight }] of texts.entries())
    for (let j = 0; j < at.length; j++) sums[of[i]][at[j]] += weight[j];
  for (const [c, sum] of sums.entries()) {
    const norm = Math.sqrt(sum.reduce((all, one) => all + one * one, 0));
    if (norm > 0) centers[c] = sum.map((one) => one / norm);
  }
}
