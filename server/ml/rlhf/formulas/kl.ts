import { clamp } from "./numbers";

/** How the KL of one sampled token is estimated (Schulman 2020). */
export type KlEstimator = "k1" | "k2" | "k3";

/**
 * KL(π ‖ π_ref) at one token sampled from π, with Δ = log π − log π_ref:
 * k1 = Δ; k2 = Δ²/2; k3 = e^(−Δ) − 1 + Δ. @returns nats
 */
export function klEstimate(kind: KlEstimator, logProb: number, refLogProb: number): number {
  const delta = logProb - refLogProb;
  if (kind === "k1") return delta;
  return kind === "k2" ? (delta * delta) / 2 : Math.expm1(-delta) + delta;
}

/**
 * β of the next iteration (Ziegler et al. 2019): β·(1 + clip(KL/target − 1, ±0.2)·n/horizon).
 * @param kl mean nats a response @param episodes n, since the last update @param horizon episodes
 */
export function adaptiveBeta(
  beta: number,
  kl: number,
  { target, horizon, episodes }: { target: number; horizon: number; episodes: number },
): number {
  return beta * (1 + (clamp(kl / target - 1, -0.2, 0.2) * episodes) / horizon);
}

/** KL of best-of-n from the policy sampled: log n − (n − 1)/n nats. */
export function bestOfNKl(n: number): number {
  return Math.log(n) - (n - 1) / n;
}
