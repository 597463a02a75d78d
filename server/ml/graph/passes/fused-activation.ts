import { rewrite } from "../rewrite";
import type { Tensor } from "../tensor";

/**
 * GPT-2's GELU and SiLU as one node each, in place of six and two. The new nodes have no gradient:
 * for programs that only infer.
 */
export function fusedActivation(outputs: readonly Tensor[]): Tensor[] {
  return rewrite(outputs, ({ outputs: [y] }, _, now) => {
    const { dtype, shape, composite } = y;
    if (composite?.op === "GeluTanh") {
      const x = now(composite.inputs[0]!);
      return y.graph.emit("FastGelu", [x], {}, { dtype, shape });
    }
    if (composite?.op === "Silu") {
      const x = now(composite.inputs[0]!);
      return y.graph.emit("QuickGelu", [x], { alpha: 1 }, { dtype, shape }); // x·σ(αx)
    }
    return null;
  });
}
