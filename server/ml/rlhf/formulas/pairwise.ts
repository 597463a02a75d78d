import { sigmoid, softplus } from "./numbers";

/** What may be added to −log σ(r_w − r_l); all are off when left out. */
export interface PairOptions {
  /** Subtracted from the difference: −log σ(r_w − r_l − m), as in Llama 2. */
  margin?: number;
  /** ε of −(1−ε)·log σ(d) − ε·log σ(−d): the share of comparisons believed to be wrong. */
  labelSmoothing?: number;
  /** λ of λ·(r_w + r_l)², which keeps rewards near 0 (Eisenstein et al. 2023). */
  centring?: number;
}

export interface PairLoss {
  loss: number;
  gradChosen: number;
  gradRejected: number;
}

/**
 * The Bradley–Terry loss of one comparison, with its gradient by the two scores.
 * @param chosen score of the preferred completion @param rejected score of the other @returns nats
 */
export function pairLoss(chosen: number, rejected: number, options: PairOptions = {}): PairLoss {
  const { margin = 0, labelSmoothing = 0, centring = 0 } = options;
  const d = chosen - rejected - margin;
  const sum = chosen + rejected;
  const slope = labelSmoothing - sigmoid(-d); // d loss / d d, before centring
  return {
    loss: (1 - labelSmoothing) * softplus(-d) + labelSmoothing * softplus(d) + centring * sum * sum,
    gradChosen: slope + 2 * centring * sum,
    gradRejected: -slope + 2 * centring * sum,
  };
}
