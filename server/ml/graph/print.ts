import { showShape } from "./dims";
import { liveInputs, liveNodes } from "./onnx";
import type { Tensor } from "./tensor";

/** The program that computes these values, one line a node, readable. */
export function printGraph(outputs: readonly Tensor[]): string {
  const lines = liveInputs(outputs).map((x) => `input ${String(x)}`);
  for (const node of liveNodes(outputs)) {
    const attributes = Object.entries(node.attributes).map(([k, v]) => `${k}=${JSON.stringify(v)}`);
    const inputs = node.inputs.map((x) => (x === null ? "_" : operand(x)));
    lines.push(
      `${node.outputs.map(String).join(", ")} = ${node.op}(${[...inputs, ...attributes].join(", ")})`,
    );
  }
  return [...lines, `return ${outputs.map((x) => x.name).join(", ")}`].join("\n");
}

function operand(x: Tensor): string {
  if (!x.constant) return x.name;
  const values = [...x.constant].slice(0, 4).map(String);
  const more = x.constant.length > 4 ? ", …" : "";
  return x.rank === 0 ? values[0] : `${showShape(values)}${more}`;
}

/** The operators of a program, in order: what tests of emitted nodes compare. */
export function opsOf(outputs: readonly Tensor[]): string[] {
  return liveNodes(outputs).map((node) => node.op);
}
