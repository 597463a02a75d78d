/** The likeliest tokens: all whose weight is above `least`, and the first `ties` (in order of ids) that equal it. */
export interface TopSelection {
  readonly least: number;
  readonly ties: number;
  /** sum of the selected weights */
  readonly mass: number;
}

// A weight's bits order like its value: 11, 11 and 10 of them at a time
const PASSES = [
  { shift: 21, buckets: 2048 },
  { shift: 10, buckets: 2048 },
  { shift: 0, buckets: 1024 },
] as const;
const counts = new Float64Array(2048);
const masses = new Float64Array(2048);
const FEW = 512; // so many are sorted instead

/**
 * The fewest of the largest weights that are enough, by radix selection: at most three passes, and a sort of few
 * only, because a top-p may keep most of a large vocabulary.
 * @param weights ≥ 0 @param enough tells by how many and how much; monotone in both; never: all are selected
 */
export function selectTop(
  weights: Float32Array,
  enough: (count: number, mass: number) => boolean,
): TopSelection {
  let [count, mass] = [0, 0]; // of what lies above the bucket in question
  let among = weights;
  for (const { shift, buckets } of PASSES) {
    const bits = new Uint32Array(among.buffer, among.byteOffset, among.length);
    const mask = buckets - 1;
    counts.fill(0, 0, buckets);
    masses.fill(0, 0, buckets);
    let bucket = 0;
    for (let i = 0; i < bits.length; i++) {
      const at = (bits[i] >>> shift) & mask;
      counts[at]++;
      masses[at] += among[i];
      if (at > bucket) bucket = at;
    }
    for (; bucket > 0 && !enough(count + counts[bucket], mass + masses[bucket]); bucket--) {
      count += counts[bucket];
      mass += masses[bucket];
    }
    const inBucket = new Float32Array(counts[bucket]);
    for (let i = 0, n = 0; n < inBucket.length; i++)
      if (((bits[i] >>> shift) & mask) === bucket) inBucket[n++] = among[i];
    among = inBucket;
    if (among.length <= FEW) break;
  }
  return lastOf(among.sort(), count, mass, enough);
}

/** @param weights ascending, all equal if they are many @param count,mass of what lies above them */
function lastOf(
  weights: Float32Array,
  count: number,
  mass: number,
  enough: (count: number, mass: number) => boolean,
): TopSelection {
  let [least, ties] = [Infinity, 0];
  for (let i = weights.length - 1; i >= 0; i--) {
    ties = weights[i] === least ? ties + 1 : 1;
    least = weights[i];
    count++;
    mass += least;
    if (enough(count, mass)) break;
  }
  return { least, ties, mass };
}
