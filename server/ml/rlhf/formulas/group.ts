import { clamp } from "./numbers";
import { map, mean, type Rows, total, variance } from "./rows";

/** What a group's rewards are divided by, when their mean is taken off. */
export type AdvantageScale = "group" | "batch" | "none";

const EPSILON = 1e-4; // TRL's: a group of equal rewards has advantage 0, not NaN

/**
 * GRPO (Shao et al. 2024): A = (r − mean of its group)/(standard deviation + 1e-4), sample deviation of
 * the group or of the whole batch, or not divided (Dr. GRPO, Liu et al. 2025).
 * @param rewards one row a prompt, one number a response
 */
export function groupAdvantages(rewards: Rows, scale: AdvantageScale): Float64Array[] {
  const deviation = (rows: Rows) => Math.sqrt(variance(rows, "sample"));
  const ofBatch = deviation(rewards);
  return rewards.map((group) => {
    const mu = mean([group]);
    const by = scale === "none" ? 1 : EPSILON + (scale === "group" ? deviation([group]) : ofBatch);
    return Float64Array.from(group, (r) => (r - mu) / by);
  });
}

/** RLOO (Ahmadian et al. 2024): the mean reward of the other responses to the same prompt. */
export function leaveOneOut(rewards: Rows): Float64Array[] {
  return rewards.map((group) => {
    const { sum, count } = total([group]);
    return Float64Array.from(group, (r) => (count > 1 ? (sum - r) / (count - 1) : 0));
  });
}

/** r − baseline of the others; `normalise` also gives the batch mean 0 and sample deviation 1. */
export function rlooAdvantages(rewards: Rows, normalise: boolean): Float64Array[] {
  const baselines = leaveOneOut(rewards);
  const plain = map(rewards, (r, i, j) => r - baselines[i][j]);
  if (!normalise) return plain;
  const mu = mean(plain);
  const by = Math.sqrt(variance(plain, "sample")) + EPSILON;
  return map(plain, (a) => (a - mu) / by);
}

/**
 * How losses of tokens become one: "grpo" means over responses of their means over tokens; "bnpo" the
 * mean over all tokens; "dr_grpo" the sum by a constant, responses × longest allowed, which does not
 * favour short right answers.
 */
export type TokenAggregation = "grpo" | "bnpo" | "dr_grpo";

/** What each token of each response weighs. @param lengths tokens of each response */
export function tokenWeights(
  lengths: readonly number[],
  aggregation: TokenAggregation,
  maxTokens: number,
): number[] {
  const all = lengths.reduce((a, n) => a + n, 0);
  return lengths.map((length) => {
    if (aggregation === "bnpo") return 1 / all;
    return 1 / (lengths.length * (aggregation === "grpo" ? length : maxTokens));
  });
}

/**
 * GRPO's loss: Σ w·(max(−A·ρ, −A·clip(ρ, 1 ± ε)) + β·k3), one advantage a response.
 * @returns grad by log π
 */
export function grpoLoss(
  rows: { logProbs: Rows; oldLogProbs: Rows; refLogProbs: Rows; advantages: ArrayLike<number> },
  options: { clip: number; beta: number; aggregation: TokenAggregation; maxTokens: number },
): { loss: number; grad: Float64Array[] } {
  const { logProbs, oldLogProbs, refLogProbs, advantages } = rows;
  const { clip, beta, aggregation, maxTokens } = options;
  const weights = tokenWeights(
    logProbs.map((row) => row.length),
    aggregation,
    maxTokens,
  );
  const grad = map(logProbs, () => 0);
  const each = map(logProbs, (x, i, t) => {
    const a = advantages[i];
    const ratio = Math.exp(x - oldLogProbs[i][t]);
    const held = -a * clamp(ratio, 1 - clip, 1 + clip);
    const ahead = refLogProbs[i][t] - x;
    const slope = held > -a * ratio ? 0 : -a * ratio;
    grad[i][t] = weights[i] * (slope - beta * Math.expm1(ahead));
    return weights[i] * (Math.max(-a * ratio, held) + beta * (Math.expm1(ahead) - ahead));
  });
  return { loss: total(each).sum, grad };
}

/**
 * RLOO's loss on whole responses, clipped: mean of max(−A·ρ, −A·clip(ρ, 1 ± ε)), ρ = π/π_old of a response.
 * @returns grad by log π of each token
 */
export function clippedSequenceLoss(
  logProbs: Rows,
  oldLogProbs: Rows,
  advantages: ArrayLike<number>,
  { clip }: { clip: number },
): { loss: number; grad: Float64Array[] } {
  const n = logProbs.length;
  const slopes = logProbs.map(() => 0);
  const losses = logProbs.map((row, i) => {
    const a = advantages[i];
    const ratio = Math.exp(total([row]).sum - total([oldLogProbs[i]]).sum);
    const held = -a * clamp(ratio, 1 - clip, 1 + clip);
    if (held <= -a * ratio) slopes[i] = (-a * ratio) / n;
    return Math.max(-a * ratio, held);
  });
  return { loss: mean([losses]), grad: map(logProbs, (_, i) => slopes[i]) };
}

/** REINFORCE: −mean of A·Σ log π over responses. @returns grad by log π of each token */
export function reinforceLoss(
  logProbs: Rows,
  advantages: ArrayLike<number>,
): { loss: number; grad: Float64Array[] } {
  const n = logProbs.length;
  const losses = logProbs.map((row, i) => -advantages[i] * total([row]).sum);
  return { loss: mean([losses]), grad: map(logProbs, (_, i) => -advantages[i] / n) };
}
