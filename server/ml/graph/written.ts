import type { Op } from "./op-types";
import type { Node } from "./tensor";

/** As much of a node as is written. */
export interface WrittenNode {
  readonly op: Op | "Constant";
  readonly inputs: readonly ({ readonly name: string } | null)[];
  readonly outputs: readonly { readonly name: string }[];
  readonly attributes: object;
}

/** How a provider is given a node: as it is, or as others that come to the same. @param used names of values that are used */
export type Spelling = (node: Node, used: ReadonlySet<string>) => readonly WrittenNode[];

export function written(
  op: WrittenNode["op"],
  inputs: WrittenNode["inputs"],
  outputs: WrittenNode["outputs"],
  attributes: object = {},
): WrittenNode {
  return { op, inputs, outputs, attributes };
}

/** A float or a list of int64. */
export function writtenConstant(output: { name: string }, value: number | number[]): WrittenNode {
  return written(
    "Constant",
    [],
    [output],
    Array.isArray(value) ? { value_ints: value } : { value_float: value },
  );
}

/** Names for what stands between a node's inputs and this result of it. */
export function partsOf({ name }: { name: string }): (part: string) => { name: string } {
  return (part) => ({ name: `${name}.${part}` });
}
