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
  const centred = centringLoss(chosen, rejected, centring);
  const slope = labelSmoothing - sigmoid(-d); // d loss / d d, before centring
  const loss = (1 - labelSmoothing) * softplus(-d) + labelSmoothing * softplus(d);
  return {
    loss: loss + centred.loss,
    gradChosen: slope + centred.gradChosen,
    gradRejected: -slope + centred.gradRejected,
  };
}

/** λ·(r_w + r_l)² alone. */
export function centringLoss(chosen: number, rejected: number, lambda: number): PairLoss {
  const sum = chosen + rejected;
  const slope = 2 * lambda * sum;
  return { loss: lambda * sum * sum, gradChosen: slope, gradRejected: slope };
}

/** What a weighted batch is divided by: the sum of its weights (a mean), or how many there are. */
export type WeightNormalisation = "weights" | "count";

/** What each loss of a batch is multiplied by, so that their sum is the batch's loss. */
export function shares(weights: readonly number[], normalise: WeightNormalisation): number[] {
  const total = weights.reduce((a, w) => a + w, 0);
  const divisor = normalise === "weights" ? total : weights.length;
  return weights.map((w) => (divisor === 0 ? 0 : w / divisor));
}
