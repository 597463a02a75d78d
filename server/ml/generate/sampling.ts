import { selectTop, type TopSelection } from "./top-selection";

/** How the next token is chosen from the model's logits. */
export interface SamplingSettings {
  /** divides the logits; 0: the likeliest token, always */
  readonly temperature: number;
  /** only the k likeliest (and all that equal the k-th) */
  readonly topK?: number;
  /** only the fewest likeliest whose probabilities reach p (Holtzman et al. 2020) */
  readonly topP?: number;
  /** only those at least minP times as likely as the likeliest */
  readonly minP?: number;
  /** a seen token's logit is divided by this if positive, multiplied if negative (Keskar et al. 2019) */
  readonly repetitionPenalty?: number;
}

/** Tokens that may come next, by id, with weights that need not sum to 1. */
export interface Candidates {
  readonly ids: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Chooses a token: the one at which the probabilities, summed in order of ids, pass a random number.
 * @param logits of one position, divided by the temperature (if that is not 0), [vocab]
 * @param probs softmax of them, [vocab]
 * @param seen ids so far, prompt included; read if there is a penalty @param uniform in [0, 1)
 */
export function chooseToken(
  logits: Float32Array,
  probs: Float32Array,
  seen: ReadonlySet<number>,
  settings: SamplingSettings,
  uniform: () => number,
): number {
  const penalty = settings.repetitionPenalty ?? 1;
  if (settings.temperature === 0) {
    return penalty === 1 ? argmax(logits) : argmax(penalised(logits, seen, penalty));
  }
  const weights = penalty === 1 ? probs : reweighted(logits, probs, seen, penalty);
  if (!filters(settings, weights.length))
    return pick(weights, uniform() * (penalty === 1 ? 1 : sumOf(weights)));
  const kept = candidates(weights, settings);
  return kept.ids[pick(kept.weights, uniform() * sumOf(kept.weights))];
}

function filters({ topK, topP, minP }: SamplingSettings, vocab: number): boolean {
  return (topK !== undefined && topK < vocab) || (topP !== undefined && topP < 1) || Boolean(minP);
}

const BLOCK = 8;

/** Place at which the running sum passes `target`; rounding may leave it short: then the last possible one. */
function pick(weights: ArrayLike<number>, target: number): number {
  let [sum, i] = [0, 0];
  // a block at a time, whose eight additions need not wait for one another
  for (; i + BLOCK <= weights.length; i += BLOCK) {
    const block =
      weights[i] +
      weights[i + 1] +
      (weights[i + 2] + weights[i + 3]) +
      (weights[i + 4] + weights[i + 5] + (weights[i + 6] + weights[i + 7]));
    if (sum + block > target) break;
    sum += block;
  }
  for (; i < weights.length; i++) {
    sum += weights[i];
    if (sum > target && weights[i] > 0) return i;
  }
  let last = weights.length - 1;
  while (last > 0 && weights[last] === 0) last--;
  return last;
}

export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

function penalised(logits: Float32Array, seen: ReadonlySet<number>, penalty: number) {
  const changed = logits.slice();
  for (const id of seen) changed[id] = penalise(logits[id], penalty);
  return changed;
}

function penalise(logit: number, penalty: number): number {
  return logit > 0 ? logit / penalty : logit * penalty;
}

/**
 * Only seen tokens change, each by the factor that its logit's change means after softmax.
 * @param logits divided by the temperature, which the penalty does not mind
 */
export function reweighted(
  logits: Float32Array,
  probs: Float32Array,
  seen: ReadonlySet<number>,
  penalty: number,
): Float32Array {
  const weights = probs.slice();
  for (const id of seen) weights[id] *= Math.exp(penalise(logits[id], penalty) - logits[id]);
  return weights;
}

/**
 * Applies top-k, then top-p, then min-p, as transformers' generate() does.
 * @param weights of every token, ≥ 0 @returns at least one token
 */
export function candidates(weights: Float32Array, settings: SamplingSettings): Candidates {
  const { topK = Infinity, topP = 1, minP = 0 } = settings;
  let kept: TopSelection = { least: 0, ties: Infinity, mass: NaN };
  if (topK < weights.length) {
    const { least } = selectTop(weights, (count) => count >= topK);
    let mass = 0;
    for (const weight of weights) if (weight >= least) mass += weight;
    kept = { least, ties: Infinity, mass };
  }
  if (topP < 1) {
    const mass = topP * (topK < weights.length ? kept.mass : sumOf(weights));
    kept = selectTop(weights, (_, sum) => sum >= mass);
  }
  const least = minP * weights[argmax(weights)];
  let { ties } = kept;
  const ids: number[] = [];
  for (let id = 0; id < weights.length; id++) {
    const weight = weights[id];
    if (weight < least || weight < kept.least) continue;
    if (weight > kept.least || ties-- > 0) ids.push(id);
  }
  return { ids, weights: ids.map((id) => weights[id]) };
}

function sumOf(weights: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i];
  return sum;
}
