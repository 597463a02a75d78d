import type { Rules } from "../rule";
import { type Tensor, expectShape } from "../tensor";
import { log, mul, neg, sub } from "./elementwise";
import { gatherElements, scatterAdd } from "./gather";
import { expand, reduceMax, sum } from "./reduce";
import { squeeze, unsqueeze } from "./shape";

/** Over the last axis; rows sum to 1. */
export function softmax(x: Tensor): Tensor {
  return x.graph.emit("Softmax", [x], { axis: -1 }, { dtype: x.dtype, shape: x.shape })[0];
}

/**
 * log p(target) of each row, one softmax and two row reductions:
 * log p_t = x_t − max x + log max p, exact also where p_t underflows.
 * @param logits [rows, vocab] @param targets int32 [rows] @returns [rows], nats
 */
export function tokenLogProb(logits: Tensor, targets: Tensor): Tensor {
  const { graph } = logits;
  expectShape(targets, [logits.shape[0]], "tokenLogProb targets");
  const p = softmax(logits);
  const index = unsqueeze(targets, 1);
  const chosen = gatherElements(logits, index, 1);
  const y = squeeze(sub(chosen, logSumExp(logits, p)), 1);
  return graph.composite("TokenLogProb", [logits, targets], {}, y, [p, index]);
}

/** @param p softmax of x @returns [rows, 1] */
function logSumExp(x: Tensor, p: Tensor): Tensor {
  return sub(reduceMax(x, [1], true), log(reduceMax(p, [1], true)));
}

/**
 * −Σ p·log p of each row, as log Σ eˣ − Σ p·x: beside tokenLogProb, with which it shares the softmax, one pass
 * over the vocabulary. @param logits [rows, vocab] @returns [rows], nats
 */
export function entropy(logits: Tensor): Tensor {
  const p = softmax(logits);
  const total = logSumExp(logits, p);
  const expected = sum(mul(p, logits), [1], true);
  const y = squeeze(sub(total, expected), 1);
  return logits.graph.composite("Entropy", [logits], {}, y, [p, expected]);
}

export const softmaxRules: Rules<"Softmax" | "TokenLogProb" | "Entropy"> = {
  Softmax: ({ outputs: [p] }, dy) => [mul(p, sub(dy, sum(mul(dy, p), [-1], true)))],
  // d log p_t = onehot − p; the rows' factors come last, where a product takes them in (matmul.ts)
  TokenLogProb: ({ saved: [p, index] }, dy) => {
    const less = expand(p.graph.constant(-1, p.dtype, [1, 1]), index.shape);
    return [mul(scatterAdd(p, index, less, 1), neg(unsqueeze(dy, 1))), null];
  },
  // dH/dx = p·(Σ p·x − x)
  Entropy: ({ inputs: [x], saved: [p, expected] }, dy) => [
    mul(mul(p, sub(expected, x!)), unsqueeze(dy, 1)),
  ],
};
