import { broadcastShapes, mulDims, sameShape } from "../dims";
import type { PlainOps } from "../op-types";
import { type Rules, noGradient } from "../rule";
import type { Node, Tensor } from "../tensor";
import { reshape } from "./shape";

type Reduction = "ReduceSum" | "ReduceMean" | "ReduceMax" | "ReduceSumSquare";

function reduce(op: Reduction, x: Tensor, axes: readonly number[] | null, keep: boolean): Tensor {
  const at = (axes ?? x.shape.map((_, i) => i))
    .map((a) => (a < 0 ? a + x.rank : a))
    .sort((a, b) => a - b);
  if (at.length === 0) return x;
  const shape = x.shape
    .map((dim, i) => (at.includes(i) ? 1 : dim))
    .filter((_, i) => keep || !at.includes(i));
  const keepdims = keep ? 1 : 0;
  const list = x.graph.constant(at, "int64");
  return x.graph.emit(op, [x, list], { keepdims }, { dtype: x.dtype, shape })[0];
}

/** Sum over axes (null: all). @param keep leave the summed axes with size 1 */
export function sum(x: Tensor, axes: readonly number[] | null = null, keep = false): Tensor {
  return reduce("ReduceSum", x, axes, keep);
}

/** Mean over axes (null: all). */
export function mean(x: Tensor, axes: readonly number[] | null = null, keep = false): Tensor {
  return reduce("ReduceMean", x, axes, keep);
}

/** Largest over axes (null: all); its gradient is shared among equals, as torch.amax. */
export function reduceMax(x: Tensor, axes: readonly number[] | null = null, keep = false): Tensor {
  return reduce("ReduceMax", x, axes, keep);
}

/** Σx² over all elements. @returns [] */
export function sumSquares(x: Tensor): Tensor {
  return reduce("ReduceSumSquare", x, null, false);
}

/** Repeats axes of size 1 up to a shape. */
export function expand(x: Tensor, shape: Tensor["shape"]): Tensor {
  if (sameShape(x.shape, shape)) return x;
  broadcastShapes(x.shape, shape, "expand");
  const to = x.graph.shapeTensor(shape);
  return x.graph.emit("Expand", [x, to], {}, { dtype: x.dtype, shape })[0];
}

/** The gradient of a broadcast: sums dy over the axes along which `shape` was repeated. */
export function unbroadcast(dy: Tensor, shape: Tensor["shape"]): Tensor {
  const extra = dy.rank - shape.length;
  const axes = dy.shape
    .map((_, i) => i)
    .filter((i) => i < extra || (shape[i - extra] === 1 && dy.shape[i] !== 1));
  return reshape(sum(dy, axes, false), shape);
}

/** dy with the reduced axes back as size 1. */
function kept(node: Node<Reduction>, dy: Tensor): Tensor {
  const [x, axes] = node.inputs as [Tensor, Tensor];
  const at = new Set([...(axes.constant as BigInt64Array)].map(Number));
  return reshape(
    dy,
    x.shape.map((dim, i) => (at.has(i) ? 1 : dim)),
  );
}

type ReduceOp = Reduction | "Expand" | "ArgMax" | "CumSum" | "TopK";

export const reduceRules: Rules<ReduceOp> = {
  ReduceSum: (node, dy) => [expand(kept(node, dy), node.inputs[0]!.shape), null],
  ReduceMean: (node, dy) => {
    const [x, axes] = node.inputs as [Tensor, Tensor];
    const { graph } = x;
    const size = mulDims([...(axes.constant as BigInt64Array)].map((a) => x.shape[Number(a)]));
    const scalar = { dtype: "float32", shape: [] } as const;
    const count =
      typeof size === "number"
        ? graph.constant(size)
        : graph.emit("Cast", [reshape(graph.dimTensor(size), [])], { to: "float32" }, scalar)[0];
    const share = kept(node, dy);
    const each = graph.emit("Div", [share, count], {}, { dtype: "float32", shape: share.shape })[0];
    return [expand(each, x.shape), null];
  },
  ReduceMax: (node, dy) => {
    const x = node.inputs[0]!;
    const { graph } = x;
    const like = { dtype: "float32", shape: x.shape } as const;
    const top = kept(node, node.outputs[0]);
    const isTop = graph.emit("Equal", [x, top], {}, { dtype: "bool", shape: x.shape })[0];
    const ones = graph.emit("Cast", [isTop], { to: "float32" }, like)[0];
    const at = [...(node.inputs[1]!.constant as BigInt64Array)].map(Number);
    const ties = sum(ones, at, true);
    const share = kept(node, dy);
    const each = graph.emit("Div", [share, ties], {}, { dtype: "float32", shape: share.shape })[0];
    return [graph.emit("Mul", [ones, each], {}, like)[0], null];
  },
  ReduceSumSquare: (node, dy) => {
    const x = node.inputs[0]!;
    const like = { dtype: "float32", shape: x.shape } as const;
    const twice = x.graph.emit("Mul", [x, x.graph.constant(2)], {}, like)[0];
    return [x.graph.emit("Mul", [twice, kept(node, dy)], {}, like)[0], null];
  },
  Expand: ({ inputs: [x] }, dy) => [unbroadcast(dy, x!.shape), null],
  CumSum: ({ inputs: [x, axis], attributes }, dy) => {
    const back: PlainOps["CumSum"] = { ...attributes, reverse: attributes.reverse ? 0 : 1 };
    return [
      x!.graph.emit("CumSum", [dy, axis!], back, { dtype: x!.dtype, shape: x!.shape })[0],
      null,
    ];
  },
  ArgMax: noGradient,
  TopK: noGradient, // values by gatherElements where a gradient is wanted
};
