import type { Tensor } from "./tensor";
import { partsOf, type Spelling, written, writtenConstant } from "./written";

const MASKED = -1e38;
const BELOW = 60; // nats: a weight of 9e-27, which fp32 does not tell from 0 beside what adds up to 1

/**
 * A softmax of scores + mask with nothing more than 60 nats below its row's most: to the runtime's kernel e^-100
 * underflows on its way to 0, for which processors of Intel stop, so that a causal softmax takes three times as long as
 * one without a mask.
 */
export const withBoundedMask: Spelling = (node) => {
  const [sum] = node.inputs as [Tensor];
  if (node.op !== "Softmax" || sum.node?.op !== "Add" || !isMask(sum.node.inputs[1]!))
    return [node];
  const part = partsOf(node.outputs[0]);
  return [
    writtenConstant(part("axis"), [-1]),
    writtenConstant(part("least"), -BELOW),
    written("ReduceMax", [sum, part("axis")], [part("most")], { keepdims: 1 }),
    written("Sub", [sum, part("most")], [part("below")]),
    written("Max", [part("below"), part("least")], [part("bounded")]),
    { ...node, inputs: [part("bounded")] },
  ];
};

/** 0 or very negative, whatever axes it has been given since. */
function isMask({ node }: Tensor): boolean {
  if (node?.op === "Unsqueeze") return isMask(node.inputs[0]!);
  const constants = node?.op === "Where" ? node.inputs.slice(1).map((x) => x?.constant) : [];
  const [allowed, masked] = constants.map((value) =>
    value?.length === 1 ? Number(value[0]) : NaN,
  );
  return allowed === 0 && masked < MASKED;
}
