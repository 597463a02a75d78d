import { cast } from "../ops/elementwise";
import { reshape } from "../ops/shape";
import { rewrite } from "../rewrite";
import type { Node, Tensor } from "../tensor";

/**
 * Rows of a table's gradient added whole, not number by number, which takes a tenth of the time. For programs of one
 * thread only: several lose updates of rows that repeat.
 */
export function addWholeRows(outputs: readonly Tensor[]): Tensor[] {
  return rewrite(outputs, (node, inputs) => {
    if (node.op !== "ScatterElements") return null;
    const { axis, reduction } = (node as Node<"ScatterElements">).attributes;
    const [table, indices, updates] = inputs as [Tensor, Tensor, Tensor];
    const spread = indices.node;
    if (axis !== 0 || reduction !== "add" || spread?.op !== "Expand") return null;
    const places = spread.inputs[0]!; // [rows, 1, …]
    if (places.rank !== table.rank || places.shape.slice(1).some((dim) => dim !== 1)) return null;
    const rows = cast(reshape(places, [places.shape[0], 1]), "int64");
    const result = { dtype: table.dtype, shape: table.shape };
    return table.graph.emit("ScatterND", [table, rows, updates], { reduction: "add" }, result);
  });
}
