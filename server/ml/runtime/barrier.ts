import { liveNodes } from "../graph/onnx";
import { add, cast, mul } from "../graph/ops/elementwise";
import { sum } from "../graph/ops/reduce";
import type { Tensor } from "../graph/tensor";

/**
 * x, but computed only when the others are: adds 0·rank to it, from their shapes alone (so that
 * their NaN or infinity stays theirs).
 */
export function after(x: Tensor, others: readonly Tensor[]): Tensor {
  const before = new Set(liveNodes([x]));
  let last = x;
  for (const other of others) {
    if (!other.node || before.has(other.node)) continue;
    const shape = { dtype: "int64", shape: [other.rank] } as const;
    const sizes = other.graph.emit("Shape", [other], {}, shape)[0];
    last = add(last, mul(sum(cast(sizes, "float32")), 0));
  }
  return last;
}
