import { AppError } from "../../domain/app-error";
import { sameShape, showShape } from "./dims";
import { addScattered } from "./ops/gather";
import type { Op } from "./op-types";
import type { Rule } from "./rule";
import { rules } from "./rules";
import type { Node, Tensor } from "./tensor";

/**
 * Reverse-mode differentiation: adds the nodes that compute d loss / d x for each x.
 * @param loss [] (one number) @returns gradients by tensor, of its shape; none where loss does not
 *   depend on it
 */
export function backward(loss: Tensor, wrt: readonly Tensor[]): Map<Tensor, Tensor> {
  if (loss.rank !== 0 || loss.dtype !== "float32")
    throw new AppError("internal", `backward: expected a loss of shape [], got ${String(loss)}`);
  const { graph } = loss;
  const gradients = new Map<Tensor, Tensor>([[loss, graph.constant(1)]]);
  for (const node of nodesBetween(loss, new Set(wrt)).reverse()) {
    const dys = node.outputs.map((y) => gradients.get(y) ?? null);
    const dy = dys.find((d) => d !== null);
    if (!dy) continue;
    const rule = rules[node.op] as unknown as Rule<Op>;
    const scope = ["backward", node.scope].filter(Boolean).join(".");
    const dxs = graph.scope(scope, () => rule(node, dy, dys));
    node.inputs.forEach((x, i) => {
      const dx = dxs[i];
      if (!x || !dx || x.detached || x.dtype !== "float32") return;
      if (!sameShape(dx.shape, x.shape))
        throw new AppError(
          "internal",
          `gradient of ${node.op} by input ${i}: expected ${showShape(x.shape)}, got ${String(dx)}`,
        );
      const sofar = gradients.get(x);
      gradients.set(x, sofar ? graph.scope(scope, () => addScattered(sofar, dx)) : dx);
    });
  }
  return new Map(wrt.flatMap((x) => (gradients.has(x) ? [[x, gradients.get(x)!]] : [])));
}

/** What makes a value, as differentiation sees it. */
function maker(x: Tensor): Node | null {
  return x.detached ? null : (x.composite ?? x.node);
}

/** The nodes on a way from one of `wrt` to the loss, inputs before users. */
function nodesBetween(loss: Tensor, wrt: ReadonlySet<Tensor>): Node[] {
  const reaches = new Map<Node, boolean>();
  const order: Node[] = [];
  const stack: Node[] = [maker(loss)].filter((node) => node !== null);
  while (stack.length > 0) {
    const node = stack.at(-1)!;
    if (reaches.has(node)) {
      stack.pop();
      continue;
    }
    const before = node.inputs.flatMap((x) => (x && maker(x)) ?? []);
    const open = before.filter((other) => !reaches.has(other));
    if (open.length > 0) {
      stack.push(...open);
      continue;
    }
    stack.pop();
    const direct = node.inputs.some((x) => x !== null && !x.detached && wrt.has(x));
    const reached = direct || before.some((other) => reaches.get(other));
    reaches.set(node, reached);
    if (reached) order.push(node);
  }
  return order;
}
