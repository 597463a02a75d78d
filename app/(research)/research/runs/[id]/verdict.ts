import type { ChartPoint } from "@/app/ui/chart-data";

/** What a PPO run's curves say together, in one word; the page says it in a sentence. */
export type Verdict =
  /** Fewer measurements than can tell a trend from noise. */
  | { kind: "early" }
  /** Nothing measures truth: a rising reward alone proves nothing. */
  | { kind: "reward-alone"; reward: number }
  /** Both rose. */
  | { kind: "learning"; reward: number; truth: number }
  /** The reward rose and the truth fell: the policy has found what the reward model overrates. */
  | { kind: "gaming"; reward: number; truth: number }
  | { kind: "unclear"; reward: number; truth: number };

const fewest = 4;

/** Mean of the first and of the last fifth of a line: one step's noise must not decide. */
function ends(points: readonly ChartPoint[]): [number, number] {
  const size = Math.max(1, Math.floor(points.length / 5));
  const mean = (part: readonly ChartPoint[]) =>
    part.reduce((sum, point) => sum + point.y, 0) / part.length;
  return [mean(points.slice(0, size)), mean(points.slice(-size))];
}

/**
 * Compares where reward and truth began and where they are.
 * @param reward mean score at each iteration @param truth share of exact answers, 0 to 1, where measured
 */
export function verdictOf(reward: readonly ChartPoint[], truth: readonly ChartPoint[]): Verdict {
  if (reward.length < fewest) return { kind: "early" };
  const [rewardBefore, rewardNow] = ends(reward);
  const gained = rewardNow - rewardBefore;
  if (truth.length === 0) return { kind: "reward-alone", reward: gained };
  if (truth.length < 2) return { kind: "early" };
  const before = truth[0].y;
  const now = truth.at(-1)!.y;
  const change = { reward: gained, truth: now - before };
  // Two points of a hundred prompts are within chance; what is less is not called a change.
  if (change.truth <= -0.02 && gained > 0) return { kind: "gaming", ...change };
  if (change.truth >= 0.02 && gained > 0) return { kind: "learning", ...change };
  return { kind: "unclear", ...change };
}
