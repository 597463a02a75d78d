import type { Feeds } from "../runtime/feeds";
import { joined } from "../runtime/values";
import { passesByLength } from "./batch";
import type { PpoConfig } from "./ppo-config";
import type { Experience } from "./ppo-experience";
import type { policyInputs, valueInputs } from "./ppo-graph";
import { responseFeeds } from "./rollout";

/** Deals items into `count` hands of nearly equal size. */
export function deal<T>(items: readonly T[], count: number): T[][] {
  const at = (i: number) => Math.round((i * items.length) / count);
  return Array.from({ length: count }, (_, i) => items.slice(at(i), at(i + 1)));
}

export interface Pass {
  policy: Feeds<keyof typeof policyInputs>;
  value: Feeds<keyof typeof valueInputs>;
}

/** A minibatch in passes of at most so many tokens; each token weighs 1 / tokens of the minibatch. */
export function minibatch(
  { episodes, advantages, returns }: Experience,
  indices: readonly number[],
  padId: number | null,
  { tokensPerPass, microBatchSize }: Pick<PpoConfig, "tokensPerPass" | "microBatchSize">,
  lanes: number,
): Pass[] {
  const all = indices.map((index) => ({ ids: episodes[index].ids, index }));
  const count = indices.reduce((n, index) => n + advantages[index].length, 0);
  return passesByLength(all, tokensPerPass, microBatchSize, lanes).map((pass) => {
    const rows = pass.map(({ index }) => index);
    const flat = (of: (index: number) => ArrayLike<number>) => joined(rows.map(of));
    const { targets, ...sequence } = responseFeeds(
      rows.map((index) => episodes[index]),
      padId,
    );
    const { shape } = targets;
    const weights = { data: new Float32Array(targets.data.length).fill(1 / count), shape };
    return {
      policy: {
        ...sequence,
        targets,
        weights,
        oldLogProbs: flat((i) => episodes[i].logProbs),
        advantages: flat((i) => advantages[i]),
      },
      value: {
        ...sequence,
        weights,
        oldValues: flat((i) => episodes[i].values),
        returns: flat((i) => returns[i]),
      },
    };
  });
}
