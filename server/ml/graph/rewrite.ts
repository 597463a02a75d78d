import { liveNodes } from "./onnx";
import type { Attributes, PlainOp } from "./op-types";
import type { Node, Tensor } from "./tensor";

/**
 * What a pass puts in a node's place: as many results, of the same shapes. Null: the node stays.
 * @param inputs the node's, as rewritten so far @param now what became of any earlier value
 */
export type Rewriter = (
  node: Node,
  inputs: readonly (Tensor | null)[],
  now: (x: Tensor) => Tensor,
) => readonly Tensor[] | null;

/** The same values by a program whose nodes were replaced; what a rewriter does not know stays as it is. */
export function rewrite(outputs: readonly Tensor[], replace: Rewriter): Tensor[] {
  const made = new Map<string, Tensor>(); // by the old name
  const now = (x: Tensor): Tensor => made.get(x.name) ?? x;
  const nowAll = (all: readonly (Tensor | null)[]) => all.map((x) => x && now(x));
  for (const node of liveNodes(outputs)) {
    const inputs = nowAll(node.inputs);
    const { graph } = node.outputs[0];
    const results = graph.scope(
      node.scope,
      () => replace(node, inputs, now) ?? again(node, inputs),
    );
    for (const [i, old] of node.outputs.entries()) {
      made.set(old.name, results[i]);
      const { composite } = old;
      if (!composite || results[i] === old || results[i].composite) continue;
      results[i].composite = {
        ...composite,
        inputs: nowAll(composite.inputs),
        outputs: [results[i]],
        saved: composite.saved.map(now),
      };
    }
  }
  return outputs.map(now);
}

function again(node: Node, inputs: readonly (Tensor | null)[]): readonly Tensor[] {
  if (inputs.every((x, i) => x === node.inputs[i])) return node.outputs;
  const results = node.outputs.map(({ dtype, shape }) => ({ dtype, shape }));
  const { graph } = node.outputs[0];
  return graph.emit(node.op as PlainOp, inputs, node.attributes as Attributes<PlainOp>, ...results);
}
