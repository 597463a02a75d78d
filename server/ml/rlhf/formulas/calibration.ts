export interface ReliabilityBin {
  /** Bins are (low, high]; the first also holds its low edge. */
  low: number;
  high: number;
  count: number;
  /** Null when the bin is empty. */
  meanPredicted: number | null;
  observed: number | null;
}

/**
 * How far predicted probabilities are from what happened.
 * "probability": equal bins on [0, 1] of P(outcome 1). "confidence": equal bins on [0.5, 1] of
 * max(p, 1 − p), against being right (Guo et al. 2017).
 * @param predicted P(outcome = 1) @param outcome 0 or 1 @returns ece and mce in probability
 */
export function calibration(
  predicted: ArrayLike<number>,
  outcome: ArrayLike<number>,
  options: { convention?: "probability" | "confidence"; bins?: number } = {},
): { bins: ReliabilityBin[]; ece: number; mce: number } {
  const { convention = "probability", bins: count = 10 } = options;
  const start = convention === "probability" ? 0 : 0.5;
  const width = (1 - start) / count;
  const sums = Array.from({ length: count }, () => ({ n: 0, p: 0, hit: 0 }));
  for (let i = 0; i < predicted.length; i++) {
    const p = predicted[i];
    const sure = convention === "probability" ? p : Math.max(p, 1 - p);
    const hit = convention === "probability" ? outcome[i] : Number(p > 0.5 === (outcome[i] === 1));
    const bin = sums[binOf(sure, start, width, count)];
    bin.n++;
    bin.p += sure;
    bin.hit += hit;
  }
  const bins = sums.map(({ n, p, hit }, i) => ({
    low: start + i * width,
    high: start + (i + 1) * width,
    count: n,
    meanPredicted: n === 0 ? null : p / n,
    observed: n === 0 ? null : hit / n,
  }));
  const gaps = sums.map(({ n, p, hit }) => (n === 0 ? 0 : Math.abs(p - hit) / n));
  const ece = gaps.reduce((a, gap, i) => a + (gap * sums[i].n) / predicted.length, 0);
  return { bins, ece: predicted.length === 0 ? 0 : ece, mce: Math.max(...gaps) };
}

function binOf(x: number, start: number, width: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.ceil((x - start) / width - 1e-12) - 1));
}

/** Mean squared error of probabilities (Brier 1950). */
export function brier(predicted: ArrayLike<number>, outcome: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < predicted.length; i++) sum += (predicted[i] - outcome[i]) ** 2;
  return predicted.length === 0 ? 0 : sum / predicted.length;
}
