import { evaluateDim } from "./dims";
import { inRunningOrder, liveNodes } from "./onnx";
import type { Op } from "./op-types";
import type { DType, Node, Tensor } from "./tensor";

const width: Record<DType, number> = { float32: 4, int32: 4, int64: 8, bool: 1 };

/** Results that are views of the first input. */
const views: ReadonlySet<Op> = new Set<Op>(["Reshape", "Squeeze", "Unsqueeze", "Identity"]);

/** Kernels of the runtime that may write over an input of the same size which nobody reads after. */
const inPlace: ReadonlySet<Op> = new Set<Op>([
  ...([
    "Add",
    "Sub",
    "Mul",
    "Div",
    "Neg",
    "Exp",
    "Log",
    "Sqrt",
    "Reciprocal",
    "Abs",
    "Sign",
  ] as const),
  ...(["Tanh", "Sigmoid", "Softplus", "Relu", "Clip", "Softmax"] as const),
  "ScatterElements",
]);

/** Bytes of a value once its named sizes are known. */
export function bytesOf({ shape, dtype }: Tensor, sizes: ReadonlyMap<string, number>): number {
  return shape.reduce<number>((n, dim) => n * evaluateDim(dim, sizes), width[dtype]);
}

/**
 * The order in which the runtime computes nodes: depth first from the results that nobody reads, the
 * last of them first, each node's latest input first. Not the order in which they were written.
 */
export function executionOrder(outputs: readonly Tensor[]): Node[] {
  const nodes = inRunningOrder(liveNodes(outputs));
  const index = new Map(nodes.map((node, i) => [node, i]));
  const read = new Set(nodes.flatMap(({ inputs }) => inputs.map((x) => x?.node)));
  const order: Node[] = [];
  const seen = new Set<Node>();
  const stack = nodes.filter((node) => !read.has(node)).map((node) => ({ node, done: false }));
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    const { node, done } = entry;
    if (done) order.push(node);
    if (done || seen.has(node)) continue;
    seen.add(node);
    stack.push({ node, done: true });
    const sources = node.inputs.flatMap((x) => (x?.node ? [x.node] : []));
    sources.sort((a, b) => index.get(a)! - index.get(b)!);
    for (const source of sources) if (!seen.has(source)) stack.push({ node: source, done: false });
  }
  return order;
}

/**
 * Bytes that a run holds at its peak beside its inputs: every value from the node that makes it to the
 * last that reads it; views and results written over an input cost nothing more.
 * @param outputs are kept to the end @param sizes of every named axis
 * @param workspace bytes that a node needs only while it computes
 * @param elsewhere outputs that are written to memory that is there anyway
 */
export function peakBytes(
  outputs: readonly Tensor[],
  sizes: ReadonlyMap<string, number>,
  workspace: (node: Node) => number = () => 0,
  elsewhere: ReadonlySet<Tensor> = new Set(),
): number {
  const order = executionOrder(outputs);
  /** Readers still to come, by the buffer that a value lies in. */
  const readers = new Map<string, number>();
  const bufferOf = new Map<string, string>();
  const root = (x: Tensor): string => bufferOf.get(x.name) ?? x.name;
  for (const node of order)
    if (views.has(node.op)) bufferOf.set(node.outputs[0].name, root(node.inputs[0]!));
  const reading = (name: string, change: number): number => {
    const left = (readers.get(name) ?? 0) + change;
    readers.set(name, left);
    return left;
  };
  for (const { inputs } of order) for (const x of inputs) if (x) reading(root(x), 1);
  for (const x of outputs) reading(root(x), 1);

  const held = new Map<string, number>(); // what is in use now, by buffer
  let [now, peak] = [0, 0];
  for (const node of order) {
    if (!views.has(node.op))
      for (const y of node.outputs) {
        const bytes = elsewhere.has(y) ? 0 : bytesOf(y, sizes);
        const over = inPlace.has(node.op) ? overwritten(node, bytes) : undefined;
        if (over !== undefined) {
          held.set(root(y), held.get(over)!);
          held.delete(over);
        } else {
          held.set(root(y), bytes);
          now += bytes;
        }
      }
    peak = Math.max(peak, now + workspace(node));
    for (const x of node.inputs) if (x && reading(root(x), -1) === 0) release(root(x));
    for (const y of node.outputs) if ((readers.get(root(y)) ?? 0) === 0) release(root(y));
  }
  return peak;

  function overwritten(node: Node, bytes: number): string | undefined {
    return node.inputs
      .slice(0, node.op === "ScatterElements" ? 1 : 2)
      .flatMap((x) => (x ? [root(x)] : []))
      .find((name) => readers.get(name) === 1 && held.get(name) === bytes);
  }

  function release(name: string): void {
    now -= held.get(name) ?? 0;
    held.delete(name);
  }
}
