import type { Shape } from "./dims";
import { microsoftOps } from "./op-types";
import { Message } from "./protobuf";
import type { DType, Node, Tensor } from "./tensor";
import type { Spelling, WrittenNode } from "./written";

/** Versions that every provider of the pinned runtime knows. */
const irVersion = 10;
const opset = 21;
const microsoftOpset = 1;

const dtypeCode: Record<DType, number> = { float32: 1, int32: 6, int64: 7, bool: 9 };
const floatAttributes = new Set(["alpha", "beta", "epsilon", "scale", "value_float"]);
const externalData = 1; // TensorProto.DataLocation.EXTERNAL
const attributeType = { float: 1, int: 2, string: 3, ints: 7 };

/** The first output of a program made with `marker`: it holds nothing (see runtime/session.ts). */
export const markerOutput = "nothing";

/** The nodes that the outputs need, inputs before users. */
export function liveNodes(outputs: readonly Tensor[]): Node[] {
  const graph = outputs[0]?.graph;
  const live = new Set<Node>();
  const stack = outputs.map((x) => x.node);
  while (stack.length > 0) {
    const node = stack.pop();
    if (!node || live.has(node)) continue;
    live.add(node);
    for (const x of node.inputs) stack.push(x?.node ?? null);
  }
  return graph ? graph.nodes.filter((node) => live.has(node)) : [];
}

/** The declared inputs that the outputs depend on. */
export function liveInputs(outputs: readonly Tensor[]): Tensor[] {
  const used = usedNames(liveNodes(outputs), outputs);
  return (outputs[0]?.graph.inputs ?? []).filter((x) => used.has(x.name));
}

function usedNames(nodes: readonly Node[], outputs: readonly Tensor[]): Set<string> {
  const used = new Set(outputs.map((x) => x.name));
  for (const node of nodes) for (const x of node.inputs) if (x) used.add(x.name);
  return used;
}

/**
 * An ONNX model that computes these values, under their names in the graph.
 * @param marker adds an empty sequence as the first output
 * @param last outputs that are written over an input: made when the others are
 * @param spelling how the provider is given its nodes
 * @param external inputs that become constants, whose numbers are given when the program is loaded:
 *   each is a file of its own name
 */
export function writeOnnx(
  outputs: readonly Tensor[],
  {
    marker = false,
    spelling = (node) => [node],
    last = [],
    external = new Set(),
  }: {
    marker?: boolean;
    spelling?: Spelling;
    last?: readonly Tensor[];
    external?: ReadonlySet<string>;
  } = {},
): Uint8Array {
  const nodes = inRunningOrder(liveNodes(outputs), last);
  const used = usedNames(nodes, outputs);
  const graph = new Message();
  if (marker) graph.message(1, new Message().text(2, markerOutput).text(4, "SequenceEmpty"));
  for (const node of nodes) {
    for (const one of spelling(node, used)) graph.message(1, encodeNode(withoutUnused(one, used)));
  }
  graph.text(2, "revealed");
  const all = outputs[0]?.graph;
  for (const x of all?.constants ?? []) if (used.has(x.name)) graph.message(5, encodeConstant(x));
  for (const x of all?.inputs ?? []) {
    if (!used.has(x.name)) continue;
    if (external.has(x.name)) graph.message(5, encodeExternal(x));
    else graph.message(11, encodeValue(x));
  }
  if (marker) {
    const element = new Message().message(1, new Message().int(1, dtypeCode.float32));
    const type = new Message().message(4, new Message().message(1, element));
    graph.message(12, new Message().text(1, markerOutput).message(2, type));
  }
  for (const x of outputs) graph.message(12, encodeValue(x));
  // shapes that the runtime cannot infer tell it which results may be written over an input
  const fetched = new Set(outputs);
  for (const { outputs: results } of nodes)
    for (const x of results)
      if (!fetched.has(x) && used.has(x.name)) graph.message(13, encodeValue(x));
  return new Message()
    .int(1, irVersion)
    .text(2, "revealed")
    .message(7, graph)
    .message(8, new Message().text(1, "").int(2, opset))
    .message(8, new Message().text(1, "com.microsoft").int(2, microsoftOpset))
    .finish();
}

/**
 * onnxruntime runs what the last unused result needs first, whatever the order of the nodes: with results in order,
 * the gradients of the last layer would wait, and their inputs be kept, until those of the first are done. So nodes
 * whose results no other uses stand at the end, the earliest last; before them those to be run last.
 */
export function inRunningOrder(nodes: readonly Node[], last: readonly Tensor[] = []): Node[] {
  const users = nodes.flatMap(({ inputs }) => inputs.map((x) => x?.node ?? null));
  const needed = new Set<Node | null>(users);
  const inner = nodes.filter((node) => needed.has(node));
  const ends = nodes.filter((node) => !needed.has(node)).toReversed();
  const isLast = (node: Node): boolean => node.outputs.some((y) => last.includes(y));
  return [...inner, ...ends.filter(isLast), ...ends.filter((node) => !isLast(node))];
}

const norms: ReadonlySet<string> = new Set(["LayerNormalization", "SimplifiedLayerNormalization"]);

/** Kernels of norms need not compute what a gradient alone would use. */
function withoutUnused(node: WrittenNode, used: ReadonlySet<string>): WrittenNode {
  if (!norms.has(node.op)) return node;
  const last = node.outputs.findLastIndex(({ name }, i) => i === 0 || used.has(name));
  return { ...node, outputs: node.outputs.slice(0, last + 1) };
}

function encodeNode(node: WrittenNode): Message {
  const message = new Message();
  for (const x of node.inputs) message.text(1, x?.name ?? "");
  for (const y of node.outputs) message.text(2, y.name);
  message.text(3, node.outputs[0].name).text(4, node.op);
  for (const [name, value] of Object.entries(node.attributes)) {
    const dtype = name === "to" ? dtypeCode[value as DType] : null;
    message.message(5, encodeAttribute(name, dtype ?? (value as number)));
  }
  return node.op !== "Constant" && microsoftOps.has(node.op)
    ? message.text(7, "com.microsoft")
    : message;
}

function encodeAttribute(name: string, value: number | string | number[]): Message {
  const message = new Message().text(1, name);
  if (typeof value === "string") return message.text(4, value).int(20, attributeType.string);
  if (Array.isArray(value)) {
    for (const item of value) message.int(8, item);
    return message.int(20, attributeType.ints);
  }
  if (floatAttributes.has(name)) return message.float(2, value).int(20, attributeType.float);
  return message.int(3, value).int(20, attributeType.int);
}

function encodeConstant(x: Tensor): Message {
  const message = new Message();
  for (const dim of x.shape) message.int(1, dim as number);
  const { buffer, byteOffset, byteLength } = x.constant!;
  return message
    .int(2, dtypeCode[x.dtype])
    .text(8, x.name)
    .bytes(9, new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
}

function encodeExternal(x: Tensor): Message {
  const message = new Message();
  for (const dim of x.shape) message.int(1, dim as number);
  const bytes = 4 * (x.shape as number[]).reduce((a, b) => a * b, 1);
  message.int(2, dtypeCode[x.dtype]).text(8, x.name);
  const place = { location: x.name, offset: "0", length: String(bytes) };
  for (const [key, value] of Object.entries(place))
    message.message(13, new Message().text(1, key).text(2, value));
  return message.int(14, externalData);
}

function encodeValue(x: Tensor): Message {
  const tensor = new Message().int(1, dtypeCode[x.dtype]).message(2, encodeShape(x.shape));
  return new Message().text(1, x.name).message(2, new Message().message(1, tensor));
}

function encodeShape(shape: Shape): Message {
  const message = new Message();
  for (const dim of shape) {
    const one = new Message();
    message.message(1, typeof dim === "number" ? one.int(1, dim) : one.text(2, dim));
  }
  return message;
}
