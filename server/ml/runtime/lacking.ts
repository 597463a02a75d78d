import { liveNodes, writeOnnx } from "../graph/onnx";
import type { Attributes, PlainOp } from "../graph/op-types";
import { Graph, type Node, type Tensor } from "../graph/tensor";
import { createSession, spellingFor } from "./session";

const refusal = "fallback to CPU EP has been explicitly disabled";

/** By provider and node signature: whether the provider computes it itself. */
const known = new Map<string, boolean>();

type Listener = (provider: string, ops: string[]) => void;
let listener: Listener | null = null;

/** Hears, when a program is compiled for a provider, which of its operators run on the processor instead. */
export function onLackingOps(hear: Listener | null): void {
  listener = hear;
}

/** Tells the listener, if there is one, what the provider lacks of what these values need. */
export async function tellLackingOps(outputs: readonly Tensor[], provider: string): Promise<void> {
  if (provider === "cpu" || !listener) return;
  const ops = await lackingOps(outputs, provider);
  if (ops.length > 0) listener(provider, ops);
}

/**
 * The operators that the provider leaves to the processor: each node is offered to it alone, with the
 * way back to the processor closed. Sizes and shapes (int64) are the processor's by design.
 */
export async function lackingOps(outputs: readonly Tensor[], provider: string): Promise<string[]> {
  const lacking = new Set<string>();
  for (const node of liveNodes(outputs)) {
    if ([...node.outputs, node.inputs[0]].some((x) => x?.dtype === "int64")) continue;
    const key = `${provider} ${signature(node)}`;
    if (!known.has(key)) known.set(key, await computes(node, provider));
    if (!known.get(key)) lacking.add(node.op);
  }
  return [...lacking].toSorted();
}

function signature({ op, inputs, attributes, outputs }: Node): string {
  const types = inputs.map((x) => x && `${x.dtype}${x.rank}${x.constant ? "c" : ""}`);
  return `${op} ${types.join()} ${JSON.stringify(attributes)} ${outputs.length}`;
}

async function computes(node: Node, provider: string): Promise<boolean> {
  const graph = new Graph();
  const inputs = node.inputs.map((x, i) => {
    if (!x) return null;
    if (!x.constant) return graph.input(`x${i}`, x.dtype, x.shape);
    const values = Array.from(x.constant, Number);
    return graph.constant(values, x.dtype, x.shape as number[]);
  });
  const results = node.outputs.map(({ dtype, shape }) => ({ dtype, shape }));
  const made = graph.emit(
    node.op as PlainOp,
    inputs,
    node.attributes as Attributes<PlainOp>,
    ...results,
  );
  try {
    await (
      await createSession(writeOnnx(made, { spelling: spellingFor(provider) }), {
        provider,
        onlyProvider: true,
      })
    ).release();
  } catch (error) {
    return !(error instanceof Error && error.message.includes(refusal));
  }
  return true;
}
