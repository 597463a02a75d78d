/** How the learning rate moves after warm-up. */
export type Schedule = "constant" | "linear" | "cosine";

/**
 * Learning rate of update `step` (from 0), as transformers' schedules: linear warm-up from 0, then
 * constant, linear or half a cosine down to `minRatio` of the base.
 * @param total updates of the whole run
 */
export function learningRate(
  step: number,
  options: { kind: Schedule; base: number; warmup: number; total: number; minRatio?: number },
): number {
  const { kind, base, warmup, total, minRatio = 0 } = options;
  if (step < warmup) return (base * step) / Math.max(1, warmup);
  if (kind === "constant") return base;
  const progress = Math.min(1, (step - warmup) / Math.max(1, total - warmup));
  const left = kind === "linear" ? 1 - progress : 0.5 * (1 + Math.cos(Math.PI * progress));
  return base * (minRatio + (1 - minRatio) * left);
}
