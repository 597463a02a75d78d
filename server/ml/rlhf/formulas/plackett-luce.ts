import { logSumExp } from "./numbers";

/** One choice of a ranking: the first of these was preferred to each of the others. */
export type Stage = readonly number[];

/**
 * The choices that a ranking implies (Plackett 1975, Luce 1959): each completion, from itself and all
 * that is ranked below its tie group. A strict order of K gives K − 1 of them; what is tied at the end
 * stays unordered (a top-k ranking); what is tied elsewhere is not compared with each other.
 * @param groups indices of completions, best tie group first
 */
export function choiceStages(groups: readonly (readonly number[])[]): Stage[] {
  return groups.flatMap((group, i) => {
    const below = groups.slice(i + 1).flat();
    return below.length === 0 ? [] : group.map((chosen) => [chosen, ...below]);
  });
}

/**
 * −Σ log P(choice) = −Σ (r_chosen − log Σ e^r) over the stages of one ranking, with its gradient.
 * @returns loss in nats, grad as long as scores; divide both by `stages` to let each ranking weigh 1
 */
export function plackettLuceLoss(
  scores: ArrayLike<number>,
  groups: readonly (readonly number[])[],
): { loss: number; grad: Float64Array; stages: number } {
  const grad = new Float64Array(scores.length);
  const stages = choiceStages(groups);
  let loss = 0;
  for (const stage of stages) {
    const among = stage.map((i) => scores[i]);
    const norm = logSumExp(among);
    loss += norm - among[0];
    stage.forEach((i, place) => (grad[i] += Math.exp(among[place] - norm)));
    grad[stage[0]] -= 1;
  }
  return { loss, grad, stages: stages.length };
}
