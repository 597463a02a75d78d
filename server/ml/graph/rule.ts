import type { Node, Tensor } from "./tensor";
import type { Op } from "./op-types";

/**
 * A vector–Jacobian product: from the gradient by a node's results (null: that result is unused) to
 * the gradient by each of its inputs (null: none flows, as to an index).
 */
export type Rule<K extends Op> = (
  node: Node<K>,
  dy: Tensor,
  dys: readonly (Tensor | null)[],
) => (Tensor | null)[];

/** For operators through which no gradient flows (comparison, rounding, indices, shapes). */
export const noGradient = (node: Node): null[] => node.inputs.map(() => null);

export type Rules<K extends Op> = { readonly [Name in K]: Rule<Name> };
