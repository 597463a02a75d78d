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

/**
 * The fewest of the largest weights that are enough, by radix selection: three passes and no sort, because a top-p
 * may keep most of a large vocabulary.
 * @param weights ≥ 0 @param enough tells by how many and how much; monotone in both; never: all are selected
 */
export function selectTop(
  weights: Float32Array,
  enough: (count: number, mass: number) => boolean,
): TopSelection {
  const bits = new Uint32Array(weights.buffer, weights.byteOffset, weights.length);
  let [count, mass, prefix] = [0, 0, 0]; // of what lies above the bucket in question, and the bucket's first bits
  let inBucket: number[] | null = null; // null: all
  for (const { shift, buckets } of PASSES) {
    counts.fill(0, 0, buckets);
    masses.fill(0, 0, buckets);
    const among = inBucket?.length ?? bits.length;
    for (let n = 0; n < among; n++) {
      const i = inBucket === null ? n : inBucket[n];
      const bucket = (bits[i] >>> shift) & (buckets - 1);
      counts[bucket]++;
      masses[bucket] += weights[i];
    }
    let bucket = buckets - 1;
    while (bucket > 0 && !enough(count + counts[bucket], mass + masses[bucket])) {
      count += counts[bucket];
      mass += masses[bucket];
      bucket--;
    }
    prefix = prefix * buckets + bucket;
    const found: number[] = [];
    for (let n = 0; n < among; n++) {
      const i = inBucket === null ? n : inBucket[n];
      if (((bits[i] >>> shift) & (buckets - 1)) === bucket) found.push(i);
    }
    inBucket = found;
  }
  const least = new Float32Array(Uint32Array.of(prefix).buffer)[0];
  const equal = inBucket?.length ?? 0;
  let ties = 1;
  while (ties < equal && !enough(count + ties, mass + ties * least)) ties++;
  return { least, ties, mass: mass + ties * least };
}
