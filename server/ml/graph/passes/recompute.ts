import { liveNodes } from "../onnx";
import { rewrite } from "../rewrite";
import type { Node, Tensor } from "../tensor";

/**
 * Computes a layer's values again for its gradients rather than keeping them from the forward pass,
 * where only what one layer hands to another stays (Chen et al. 2016, arXiv:1604.06174): about a third
 * more time, memory for the values of one layer rather than of all. Layers are told by their scopes,
 * `layer3.…`.
 * @param forward the loss and whatever else is fetched of the forward pass
 * @param gradients of the loss @returns the gradients, of the same numbers
 */
export function recompute(forward: readonly Tensor[], gradients: readonly Tensor[]): Tensor[] {
  const ahead = new Set(liveNodes(forward));
  const kept = handedOn(ahead);
  const made = new Map<string, Tensor>(); // by name: a value may also be read detached
  /** x computed anew from what is kept. */
  const again = (x: Tensor): Tensor => {
    const known = made.get(x.name);
    if (known) return known;
    const { node } = x;
    if (!node || !ahead.has(node) || layerOf(node) === null || kept.has(x.name)) return x;
    const results = x.graph.repeat(
      node,
      node.inputs.map((input) => input && again(input)),
    );
    node.outputs.forEach((y, i) => made.set(y.name, results[i]));
    return made.get(x.name)!;
  };
  return rewrite(gradients, (node, inputs) => {
    if (ahead.has(node)) return node.outputs;
    const anew = inputs.map((x) => x && again(x));
    return anew.every((x, i) => x === inputs[i]) ? null : node.outputs[0].graph.repeat(node, anew);
  });
}

/** Names of what a node outside the layer that made it reads. */
function handedOn(nodes: ReadonlySet<Node>): Set<string> {
  const kept = new Set<string>();
  for (const node of nodes)
    for (const x of node.inputs)
      if (x?.node && layerOf(x.node) !== null && layerOf(x.node) !== layerOf(node))
        kept.add(x.name);
  return kept;
}

function layerOf({ scope }: Node): string | null {
  return /^(?:.*\.)?layer\d+(?=\.|$)/.exec(scope)?.[0] ?? null;
}
