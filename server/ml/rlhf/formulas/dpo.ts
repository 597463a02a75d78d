import { sigmoid, softplus } from "./numbers";

/** What DPO's margin between two answers is held against. */
export type DpoLoss = "sigmoid" | "ipo" | "hinge" | "robust";

export interface DpoOptions {
  loss: DpoLoss;
  /** β, the price of a nat away from the reference (IPO: τ). */
  beta: number;
  /** Share of comparisons believed to be the wrong way round ("sigmoid" and "robust"). */
  labelSmoothing: number;
}

/**
 * The loss of one comparison by h = Δ_w − Δ_l, Δ = log π − log π_ref of a whole answer.
 * sigmoid −(1−ε)·log σ(βh) − ε·log σ(−βh) (Rafailov et al. 2023); ipo (h − 1/(2β))² (Azar et al. 2023);
 * hinge max(0, 1 − βh) (Zhao et al. 2023); robust (−(1−ε)·log σ(βh) + ε·log σ(−βh))/(1 − 2ε) (Chowdhury et al. 2024).
 * @returns loss and its slope by h, which is the gradient by log π of the preferred answer
 */
export function dpoPairLoss(
  h: number,
  { loss, beta, labelSmoothing: e }: DpoOptions,
): { loss: number; slope: number } {
  const d = beta * h;
  if (loss === "ipo") {
    const off = h - 1 / (2 * beta);
    return { loss: off * off, slope: 2 * off };
  }
  if (loss === "hinge") return { loss: Math.max(0, 1 - d), slope: d < 1 ? -beta : 0 };
  const [right, wrong] = [softplus(-d), softplus(d)];
  const [down, up] = [-sigmoid(-d), sigmoid(d)]; // their slopes by d
  if (loss === "sigmoid")
    return {
      loss: (1 - e) * right + e * wrong,
      slope: beta * ((1 - e) * down + e * up),
    };
  return {
    loss: ((1 - e) * right - e * wrong) / (1 - 2 * e),
    slope: (beta * ((1 - e) * down - e * up)) / (1 - 2 * e),
  };
}
