import { scatterAdd } from "../graph/ops/gather";
import { zeros } from "../graph/ops/shape";
import type { Tensor } from "../graph/tensor";
import { int32 } from "../runtime/feeds";
import { intVector } from "../runtime/values";

/** Which sequence of the batch each response token belongs to. */
export const ownerInput = { owner: int32("tokens") };

/** Σ over each sequence's tokens. @param x [tokens] @param like [sequences] @returns [sequences] */
export function sequenceSums(x: Tensor, owner: Tensor, like: Tensor): Tensor {
  return scatterAdd(zeros(x, like.shape), owner, x, 0);
}

/** @param lengths response tokens of each sequence, in the batch's order */
export function ownerFeed(lengths: readonly number[]) {
  return intVector(lengths.flatMap((n, i) => Array.from<number>({ length: n }).fill(i)));
}
