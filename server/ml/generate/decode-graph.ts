import { div } from "../graph/ops/elementwise";
import { gatherRows } from "../graph/ops/gather";
import { softmax } from "../graph/ops/softmax";
import { Parameters } from "../graph/parameters";
import { packedAttention } from "../graph/passes/packed-attention";
import { rotaryAttention } from "../graph/passes/rotary-attention";
import { Graph, type Tensor } from "../graph/tensor";
import { cacheHeadDim } from "../nn/attention";
import { cachedDecoder, logits } from "../nn/decoder";
import type { Model } from "../nn/model";
import { declareInputs, float32, int32 } from "../runtime/feeds";

/** The values of a decoding step. */
export interface DecodeGraph {
  /** [batch, vocab], divided by each row's temperature */
  logits: Tensor;
  /** softmax of them */
  probs: Tensor;
  /** each layer's cache after the step, to be written over the inputs key.LAYER and value.LAYER */
  caches: { key: Tensor; value: Tensor }[];
}

/**
 * A step of a batch: its prompts, or one token a row.
 * @param constant whether weights are constants of the program, so that some may be joined
 */
export function decodeGraph({ config, weights }: Model, constant: boolean): DecodeGraph {
  const graph = new Graph();
  const params = new Parameters(graph, weights);
  const { last, temperatures, ...x } = declareInputs(graph, {
    ids: int32("batch", "time"),
    positions: int32("batch", "time"),
    lengths: int32("batch"),
    total: int32(),
    last: int32("batch"),
    temperatures: float32("batch", 1),
  });
  const slots = float32("batch", config.kvHeads, "slots", cacheHeadDim(config));
  const caches = Array.from({ length: config.layers }, (_, layer) => {
    const names = { [`key.${layer}`]: slots, [`value.${layer}`]: slots };
    const declared = declareInputs(graph, names);
    return { key: declared[`key.${layer}`], value: declared[`value.${layer}`] };
  });
  const step = cachedDecoder(config, params, { ...x, caches });
  // the hidden states are divided, which are fewer than the logits
  const hidden = div(gatherRows(step.hidden, last), temperatures); // (B, C)
  const scores = logits(config, params, hidden); // (B, V)
  const plain = [scores, softmax(scores), ...step.caches.flatMap(({ key, value }) => [key, value])];
  let outputs = rotaryAttention(plain, { positions: "positions", context: config.context });
  if (constant) outputs = packedAttention(outputs);
  const [first, second, ...present] = outputs;
  return {
    logits: first,
    probs: second,
    caches: caches.map((_, layer) => ({ key: present[2 * layer], value: present[2 * layer + 1] })),
  };
}
