import { AppError } from "../../../domain/app-error";
import { type Dim, broadcastShapes, sameShape } from "../dims";
import type { PlainOps } from "../op-types";
import type { Rules } from "../rule";
import type { Tensor } from "../tensor";
import { mul } from "./elementwise";
import { expand, unbroadcast } from "./reduce";
import { reshape, transpose } from "./shape";

/** x·W (+ b): [rows, in] × [in, out] + [out] → [rows, out]. */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  return gemm(x, weight, bias, {});
}

/** x·Wᵀ (+ b), for weights stored [out, in]. */
export function linearT(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  return gemm(x, weight, bias, { transB: 1 });
}

function gemm(a: Tensor, b: Tensor, c: Tensor | null, attributes: PlainOps["Gemm"]): Tensor {
  const { transA = 0, transB = 0 } = attributes;
  const [m, k] = transA ? [a.shape[1], a.shape[0]] : a.shape;
  const [k2, n] = transB ? [b.shape[1], b.shape[0]] : b.shape;
  if (a.rank !== 2 || b.rank !== 2 || k !== k2)
    throw new AppError(
      "internal",
      `Gemm: expected [m, k] × [k, n], got ${String(a)}, ${String(b)}`,
    );
  if (c) broadcastShapes([m, n], c.shape, "Gemm bias");
  const inputs = c ? [a, b, c] : [a, b];
  return a.graph.emit("Gemm", inputs, attributes, { dtype: a.dtype, shape: [m, n] })[0];
}

/** Aᵀ·B of two that share their rows. @param a [rows, p] @param b [rows, q] @returns [p, q] */
function rowProduct(a: Tensor, b: Tensor): Tensor {
  const [p, q] = [a.shape[1], b.shape[1]];
  const turned = (x: Tensor): Tensor => transpose(x, [1, 0]);
  if (typeof p !== "number" || typeof q !== "number") return gemm(a, b, null, { transA: 1 });
  // The kernel reads a transposed operand slowly, the more so the wider it is: turn the narrow one
  return p <= q ? gemm(turned(a), b, null, {}) : turned(gemm(turned(b), a, null, {}));
}

/** Sum of the rows, as a product with ones: twice as fast as a reduction. @param x [rows, n] @returns [n] */
export function columnSums(x: Tensor): Tensor {
  return weightedSums(x, expand(x.graph.constant(1, x.dtype, [1, 1]), [1, x.shape[0]]));
}

/** Sum of the rows, each times a number of its own. @param x [rows, n] @param weights as many as rows @returns [n] */
export function weightedSums(x: Tensor, weights: Tensor): Tensor {
  return reshape(gemm(reshape(weights, [1, x.shape[0]]), x, null, {}), [x.shape[1]]);
}

/** factor·x, for nothing where x is a product itself. */
export function scaledProduct(x: Tensor, factor: number): Tensor {
  const { node } = x;
  if (node?.op !== "Gemm" || node.inputs.length > 2) return mul(x, factor);
  const [a, b] = node.inputs as [Tensor, Tensor];
  const attributes = node.attributes as PlainOps["Gemm"];
  return gemm(a, b, null, { ...attributes, alpha: (attributes.alpha ?? 1) * factor });
}

/** What x is made of where it is other rows, each times a number of its own. */
function scaledRows(x: Tensor): { rows: Tensor; scale: Tensor } | null {
  if (x.node?.op !== "Mul") return null;
  const [rows, scale] = x.node.inputs as [Tensor, Tensor];
  return sameShape(rows.shape, x.shape) && sameShape(scale.shape, [x.shape[0], 1])
    ? { rows, scale }
    : null;
}

/** Batched product with broadcasting of the leading axes: [.., m, k] × [.., k, n] → [.., m, n]. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  const shape = productShape(a, a.shape, b, b.shape);
  return a.graph.emit("MatMul", [a, b], {}, { dtype: a.dtype, shape })[0];
}

type Fused = PlainOps["FusedMatMul"];

/**
 * alpha · A'·B', where a transBatch flag first moves the first axis of its operand to just before the
 * last ([T, B, H, d] is read as [B, H, T, d] with no copy) and a trans flag then swaps the last two.
 */
export function fusedMatmul(a: Tensor, b: Tensor, attributes: Fused): Tensor {
  const shapeA = view(a, attributes.transA, attributes.transBatchA);
  const shapeB = view(b, attributes.transB, attributes.transBatchB);
  const shape = productShape(a, shapeA, b, shapeB);
  return a.graph.emit("FusedMatMul", [a, b], attributes, { dtype: a.dtype, shape })[0];
}

function view(x: Tensor, trans: 0 | 1 = 0, transBatch: 0 | 1 = 0): Dim[] {
  const shape = transBatch ? outward(x.rank).map((axis) => x.shape[axis]) : [...x.shape];
  return trans ? [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!] : shape;
}

/** The axes' order that transBatch reads: [1, … r − 2, 0, r − 1]. */
function outward(rank: number): number[] {
  return [...Array.from({ length: rank - 2 }, (_, i) => i + 1), 0, rank - 1];
}

/** Its inverse: [r − 2, 0, … r − 3, r − 1]. */
function inward(rank: number): number[] {
  return [rank - 2, ...Array.from({ length: rank - 2 }, (_, i) => i), rank - 1];
}

function productShape(a: Tensor, as: readonly Dim[], b: Tensor, bs: readonly Dim[]): Dim[] {
  if (as.length < 2 || bs.length < 2 || as.at(-1) !== bs.at(-2))
    throw new AppError(
      "internal",
      `MatMul: expected [.., m, k] × [.., k, n], got ${String(a)}, ${String(b)}`,
    );
  const batch = broadcastShapes(as.slice(0, -2), bs.slice(0, -2), "MatMul");
  return [...batch, as.at(-2)!, bs.at(-1)!];
}

/** One number for each column. */
const isBias = (c: Tensor, y: Tensor): boolean => c.rank === 1 && c.shape[0] === y.shape[1];

function isNarrower(a: Tensor, b: Tensor): boolean {
  const [p, q] = [a.shape[1], b.shape[1]];
  return typeof p === "number" && typeof q === "number" && p < q;
}

export const matmulRules: Rules<"MatMul" | "Gemm" | "FusedMatMul"> = {
  MatMul: ({ inputs: [a, b] }, dy) => [
    unbroadcast(fusedMatmul(dy, b!, { transB: 1 }), a!.shape),
    unbroadcast(fusedMatmul(a!, dy, { transA: 1 }), b!.shape),
  ],
  Gemm: ({ inputs: [a, b, c], attributes: { transA = 0, transB = 0, alpha, beta } }, dy) => {
    if ((alpha ?? 1) !== 1 || (beta ?? 1) !== 1)
      throw new AppError("internal", "the gradient of Gemm is for alpha = beta = 1");
    const scaled = transA ? null : scaledRows(dy);
    if (scaled && isNarrower(a!, dy)) {
      // rows of a wide gradient (of logits) are scaled where they are narrow, in what it is multiplied with
      const { rows, scale } = scaled;
      const narrow = mul(a!, scale);
      const da = mul(gemm(rows, b!, null, { transB: transB ? 0 : 1 }), scale);
      const db = transB ? rowProduct(rows, narrow) : rowProduct(narrow, rows);
      if (!c) return [da, db];
      return [da, db, isBias(c, dy) ? weightedSums(rows, scale) : unbroadcast(dy, c.shape)];
    }
    const da = transA
      ? gemm(b!, dy, null, { transA: transB, transB: 1 })
      : gemm(dy, b!, null, { transB: transB ? 0 : 1 });
    const db = transA
      ? transB
        ? gemm(dy, a!, null, { transA: 1, transB: 1 })
        : gemm(a!, dy, null, {})
      : transB
        ? rowProduct(dy, a!)
        : rowProduct(a!, dy);
    if (!c) return [da, db];
    return [da, db, isBias(c, dy) ? columnSums(dy) : unbroadcast(dy, c.shape)];
  },
  FusedMatMul: ({ inputs: [a, b], attributes }, dy) => {
    const { alpha = 1, transA = 0, transB = 0, transBatchA = 0, transBatchB = 0 } = attributes;
    const da = transA
      ? fusedMatmul(b!, dy, { alpha, transA: transB, transBatchA: transBatchB, transB: 1 })
      : fusedMatmul(dy, b!, { alpha, transB: transB ? 0 : 1, transBatchB });
    const db = transB
      ? fusedMatmul(dy, a!, { alpha, transA: 1, transB: transA, transBatchB: transBatchA })
      : fusedMatmul(a!, dy, { alpha, transA: transA ? 0 : 1, transBatchA });
    // undo what the batch flags moved, once the axes that were broadcast are summed
    const back = (d: Tensor, x: Tensor, moved: 0 | 1): Tensor =>
      moved ? transpose(unbroadcast(d, view(x, 0, 1)), inward(x.rank)) : unbroadcast(d, x.shape);
    return [back(da, a!, transBatchA), back(db, b!, transBatchB)];
  },
};
