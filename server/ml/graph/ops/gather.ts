import { isDeepStrictEqual } from "node:util";
import { AppError } from "../../../domain/app-error";
import type { Rules } from "../rule";
import type { Tensor } from "../tensor";
import { add, cast, equal } from "./elementwise";
import { fusedMatmul } from "./matmul";
import { expand } from "./reduce";
import { range, reshape, unsqueeze, zeros } from "./shape";

/** Up to as many rows, a product with ones at the indices is faster than adding element by element. */
const fewRows = 1024;

/** Rows of a table: [n, …] by indices of any shape → [...indices, …]. @param indices int32, 0 ≤ i < n */
export function gatherRows(table: Tensor, indices: Tensor): Tensor {
  const shape = [...indices.shape, ...table.shape.slice(1)];
  return table.graph.emit(
    "Gather",
    [table, indices],
    { axis: 0 },
    { dtype: table.dtype, shape },
  )[0];
}

/**
 * Rows of a table, none of them twice: their gradient is then written, not added, to its place.
 * @param table [n, …] @param indices int32 [m], 0 ≤ i < n, distinct @returns [m, …]
 */
export function gatherDistinctRows(table: Tensor, indices: Tensor): Tensor {
  return table.graph.composite(
    "DistinctRows",
    [table, indices],
    {},
    gatherRows(table, indices),
    [],
  );
}

/** x with whole rows replaced. @param indices int32 [m], distinct @param rows [m, …] */
export function scatterRows(x: Tensor, indices: Tensor, rows: Tensor): Tensor {
  const places = unsqueeze(cast(indices, "int64"), 1);
  const result = { dtype: x.dtype, shape: x.shape };
  return x.graph.emit("ScatterND", [x, places, rows], {}, result)[0];
}

/** a + b, where a sum of scattered rows is added row by row rather than as a whole table. */
export function addScattered(a: Tensor, b: Tensor): Tensor {
  const [sum, rows] = isScatteredSum(b) ? [a, b] : [b, a];
  if (!isScatteredSum(rows)) return add(a, b);
  const [, indices, updates] = rows.node!.inputs as [Tensor, Tensor, Tensor];
  return scatterAdd(sum, indices, updates, 0);
}

/** Whether x is rows added to zeros, as the gradient of a table is. */
function isScatteredSum({ node }: Tensor): boolean {
  if (node?.op !== "ScatterElements" || !isDeepStrictEqual(node.attributes, addRows)) return false;
  const empty = node.inputs[0]!.node;
  return empty?.op === "Expand" && empty.inputs[0]!.constant?.[0] === 0;
}

const addRows = { axis: 0, reduction: "add" };

/** x at one index along an axis for each other position; indices has x's rank. */
export function gatherElements(x: Tensor, indices: Tensor, axis: number): Tensor {
  if (indices.rank !== x.rank)
    throw new AppError(
      "internal",
      `gatherElements: expected indices of rank ${x.rank}, got ${String(indices)}`,
    );
  const at = axis < 0 ? axis + x.rank : axis;
  const result = { dtype: x.dtype, shape: indices.shape };
  return x.graph.emit("GatherElements", [x, indices], { axis: at }, result)[0];
}

/** x with updates added at indices along an axis; indices may repeat. */
export function scatterAdd(x: Tensor, indices: Tensor, updates: Tensor, axis: number): Tensor {
  const attributes = { axis: axis < 0 ? axis + x.rank : axis, reduction: "add" } as const;
  const result = { dtype: x.dtype, shape: x.shape };
  return x.graph.emit("ScatterElements", [x, indices, updates], attributes, result)[0];
}

type GatherOp = "Gather" | "DistinctRows" | "GatherElements" | "ScatterElements" | "ScatterND";

export const gatherRules: Rules<GatherOp> = {
  DistinctRows: ({ inputs: [table, indices] }, dy) => [
    scatterRows(zeros(table!, table!.shape), indices!, dy),
    null,
  ],
  ScatterND: ({ inputs: [, places, rows], attributes: { reduction } }, dy) => {
    if (reduction) throw new AppError("internal", "the gradient of ScatterND is for rows replaced");
    const indices = reshape(cast(places!, "int32"), [places!.shape[0]]);
    return [scatterRows(dy, indices, zeros(dy, rows!.shape)), null, gatherRows(dy, indices)];
  },
  // ScatterElements, since ScatterND's add loses updates of indices that repeat
  Gather: ({ inputs, attributes: { axis } }, dy) => {
    const [table, indices] = inputs as [Tensor, Tensor];
    if (axis !== 0) throw new AppError("internal", "the gradient of Gather is for axis 0");
    if (indices.rank !== 1)
      throw new AppError(
        "internal",
        `gather with a gradient: expected indices [n], got ${String(indices)}`,
      );
    const [rows] = table.shape;
    if (table.rank === 2 && typeof rows === "number" && rows <= fewRows) {
      const isRow = equal(unsqueeze(indices, 1), unsqueeze(range(table, rows), 0)); // (n, rows)
      return [fusedMatmul(cast(isRow, "float32"), dy, { transA: 1 }), null];
    }
    const tail = table.shape.slice(1).map((_, i) => i + 1);
    const each = expand(unsqueeze(indices, ...tail), dy.shape);
    return [scatterAdd(zeros(table, table.shape), each, dy, 0), null];
  },
  GatherElements: ({ inputs: [x, indices], attributes: { axis } }, dy) => [
    scatterAdd(zeros(x!, x!.shape), indices!, dy, axis),
    null,
  ],
  ScatterElements: ({ inputs: [, indices], attributes: { axis, reduction } }, dy) => {
    if (reduction !== "add") throw new AppError("internal", "the gradient of a scatter is for add");
    return [dy, null, gatherElements(dy, indices!, axis)];
  },
};
