import { AppError } from "../../../domain/app-error";
import { type Dim, type Shape, addDims, divideDims, mulDims, sameShape, showShape } from "../dims";
import { type Rules, noGradient } from "../rule";
import type { Tensor } from "../tensor";

/**
 * The same numbers under another shape; at most one axis may be -1 (what is left).
 * @returns shape, of as many elements
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const total = mulDims(x.shape);
  const known = mulDims(shape.filter((dim) => dim !== -1));
  const rest = shape.includes(-1) ? divideDims(total, known) : 1;
  const full = shape.map((dim) => (dim === -1 ? rest! : dim));
  if (rest === null || mulDims(full) !== total)
    throw new AppError("internal", `reshape of ${String(x)}: cannot become ${showShape(shape)}`);
  if (sameShape(full, x.shape)) return x;
  // -1 in the node spares it the computation of one named size
  const named = full.filter((dim) => typeof dim === "string").length;
  const target = named === 1 ? full.map((dim) => (typeof dim === "string" ? -1 : dim)) : full;
  const to = x.graph.shapeTensor(target);
  return x.graph.emit("Reshape", [x, to], {}, { dtype: x.dtype, shape: full })[0];
}

/** Axes in another order. @param perm perm[i] = the axis of x that becomes axis i */
export function transpose(x: Tensor, perm: number[]): Tensor {
  if (perm.every((axis, i) => axis === i)) return x;
  const shape = perm.map((axis) => x.shape[axis]);
  return x.graph.emit("Transpose", [x], { perm }, { dtype: x.dtype, shape })[0];
}

/** Inserts axes of size 1 at these places of the result. */
export function unsqueeze(x: Tensor, ...axes: number[]): Tensor {
  if (axes.length === 0) return x;
  const rank = x.rank + axes.length;
  const at = axes.map((axis) => (axis < 0 ? axis + rank : axis));
  const rest = [...x.shape];
  const shape = Array.from({ length: rank }, (_, i) => (at.includes(i) ? 1 : rest.shift()!));
  const list = x.graph.constant(at, "int64");
  return x.graph.emit("Unsqueeze", [x, list], {}, { dtype: x.dtype, shape })[0];
}

/** Drops axes of size 1. */
export function squeeze(x: Tensor, ...axes: number[]): Tensor {
  const at = axes.map((axis) => (axis < 0 ? axis + x.rank : axis));
  for (const axis of at)
    if (x.shape[axis] !== 1)
      throw new AppError("internal", `squeeze of axis ${axis}: expected size 1, got ${String(x)}`);
  const shape = x.shape.filter((_, i) => !at.includes(i));
  const list = x.graph.constant(at, "int64");
  return x.graph.emit("Squeeze", [x, list], {}, { dtype: x.dtype, shape })[0];
}

/** One after another along an axis; the other axes are equal. */
export function concat(parts: readonly Tensor[], axis: number): Tensor {
  const first = parts[0];
  const at = axis < 0 ? axis + first.rank : axis;
  for (const part of parts)
    if (part.rank !== first.rank || part.shape.some((d, i) => i !== at && d !== first.shape[i]))
      throw new AppError("internal", `concat: ${String(first)} and ${String(part)} do not fit`);
  if (parts.length === 1) return first;
  const shape = first.shape.map((dim, i) =>
    i === at ? addDims(...parts.map((part) => part.shape[at])) : dim,
  );
  return first.graph.emit("Concat", parts, { axis: at }, { dtype: first.dtype, shape })[0];
}

/** Cuts an axis into pieces of these sizes. */
export function split(x: Tensor, sizes: readonly Dim[], axis: number): Tensor[] {
  const at = axis < 0 ? axis + x.rank : axis;
  if (addDims(...sizes) !== x.shape[at])
    throw new AppError("internal", `split of ${String(x)}: sizes ${sizes.join()} do not add up`);
  const results = sizes.map((size) => ({
    dtype: x.dtype,
    shape: x.shape.map((dim, i) => (i === at ? size : dim)),
  }));
  return x.graph.emit("Split", [x, x.graph.shapeTensor(sizes)], { axis: at }, ...results);
}

/** x[start:end] along one axis. Both may be named sizes. */
export function slice(x: Tensor, axis: number, start: Dim, end: Dim): Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  const size = addDims(end, mulDims([-1, start]));
  const shape = x.shape.map((dim, i) => (i === at ? size : dim));
  const bounds = [
    x.graph.dimTensor(start),
    x.graph.dimTensor(end),
    x.graph.constant([at], "int64"),
  ];
  return x.graph.emit("Slice", [x, ...bounds], {}, { dtype: x.dtype, shape })[0];
}

/** Zeros before and after along one axis. */
export function pad(x: Tensor, axis: number, before: Dim, after: Dim): Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  const shape = x.shape.map((dim, i) => (i === at ? addDims(before, dim, after) : dim));
  const pads: Dim[] = Array.from({ length: 2 * x.rank }, () => 0);
  pads[at] = before;
  pads[at + x.rank] = after;
  const inputs = [x, x.graph.shapeTensor(pads), x.graph.constant(0, x.dtype)];
  return x.graph.emit("Pad", inputs, {}, { dtype: x.dtype, shape })[0];
}

/** 0, 1, … size − 1. @returns int32 [size] */
export function range(like: Tensor, size: Dim): Tensor {
  const { graph } = like;
  const scalar = { dtype: "int32", shape: [] } as const;
  const end =
    typeof size === "number"
      ? graph.constant(size, "int32")
      : graph.emit(
          "Cast",
          [graph.emit("Squeeze", [graph.dimTensor(size)], {}, { dtype: "int64", shape: [] })[0]],
          { to: "int32" },
          scalar,
        )[0];
  const [zero, one] = [graph.constant(0, "int32"), graph.constant(1, "int32")];
  return graph.emit("Range", [zero, end, one], {}, { dtype: "int32", shape: [size] })[0];
}

type ShapeOp =
  | "Reshape"
  | "Transpose"
  | "Unsqueeze"
  | "Squeeze"
  | "Concat"
  | "Split"
  | "Slice"
  | "Pad"
  | "Shape"
  | "Range";

export const shapeRules: Rules<ShapeOp> = {
  Reshape: ({ inputs: [x] }, dy) => [reshape(dy, x!.shape), null],
  Transpose: ({ attributes: { perm } }, dy) => [
    transpose(
      dy,
      perm.map((_, i) => perm.indexOf(i)),
    ),
  ],
  Unsqueeze: ({ inputs: [x] }, dy) => [reshape(dy, x!.shape), null],
  Squeeze: ({ inputs: [x] }, dy) => [reshape(dy, x!.shape), null],
  Concat: ({ inputs, attributes: { axis } }, dy) =>
    split(
      dy,
      inputs.map((x) => x!.shape[axis]),
      axis,
    ),
  Split: ({ inputs: [x], attributes: { axis }, outputs }, _, dys) => [
    concat(
      dys.map((dy, i) => dy ?? zeros(x!, outputs[i].shape)),
      axis,
    ),
    null,
  ],
  Slice: ({ inputs: [x, starts], outputs: [y] }, dy) => {
    const axis = x!.shape.findIndex((dim, i) => dim !== y.shape[i]);
    if (axis < 0) return [dy, null, null, null];
    const before = startOf(starts!);
    const after = addDims(x!.shape[axis], mulDims([-1, before]), mulDims([-1, y.shape[axis]]));
    return [pad(dy, axis, before, after), null, null, null];
  },
  Pad: ({ inputs: [x], outputs: [y] }, dy) => {
    const axis = x!.shape.findIndex((dim, i) => dim !== y.shape[i]);
    if (axis < 0) return [dy, null, null];
    throw new AppError("internal", `no second derivative through the padding ${String(dy)}`);
  },
  Shape: noGradient,
  Range: noGradient,
};

function startOf(starts: Tensor): Dim {
  if (starts.constant) return Number(starts.constant[0]);
  throw new AppError("internal", "the gradient of a slice needs a start that is a number");
}

/** Zeros of any shape, as one node. */
export function zeros(like: Tensor, shape: Shape, dtype = like.dtype): Tensor {
  const { graph } = like;
  const zero = graph.constant(0, dtype);
  return graph.emit("Expand", [zero, graph.shapeTensor(shape)], {}, { dtype, shape })[0];
}
