import type { WrittenNode } from "./onnx";
import type { PlainOps } from "./op-types";
import type { Node } from "./tensor";

/** FusedMatMul as the nodes that it fuses: Transpose of each operand where it asks for one, MatMul, Mul. */
export function plainProduct({ inputs, outputs, attributes }: Node): WrittenNode[] {
  const {
    alpha = 1,
    transA,
    transB,
    transBatchA,
    transBatchB,
  } = attributes as PlainOps["FusedMatMul"];
  const [y] = outputs;
  const nodes: WrittenNode[] = [];
  const operand = (i: 0 | 1, trans: 0 | 1 = 0, transBatch: 0 | 1 = 0): { name: string } => {
    const x = inputs[i]!;
    if (!trans && !transBatch) return x;
    const turned = { name: `${y.name}.operand_${i}` };
    const perm = order(x.rank, trans, transBatch);
    nodes.push({ op: "Transpose", inputs: [x], outputs: [turned], attributes: { perm } });
    return turned;
  };
  const operands = [operand(0, transA, transBatchA), operand(1, transB, transBatchB)];
  if (alpha === 1)
    return [...nodes, { op: "MatMul", inputs: operands, outputs: [y], attributes: {} }];
  const [product, factor] = [{ name: `${y.name}.product` }, { name: `${y.name}.alpha` }];
  return [
    ...nodes,
    { op: "MatMul", inputs: operands, outputs: [product], attributes: {} },
    { op: "Constant", inputs: [], outputs: [factor], attributes: { value_float: alpha } },
    { op: "Mul", inputs: [product, factor], outputs: [y], attributes: {} },
  ];
}

/** Axes as FusedMatMul reads them: transBatch moves the first to just before the last, then trans swaps the last two. */
function order(rank: number, trans: 0 | 1, transBatch: 0 | 1): number[] {
  const axes = Array.from({ length: rank }, (_, i) => i);
  if (transBatch) axes.splice(rank - 2, 0, axes.shift()!);
  if (trans) axes.push(...axes.splice(-2).toReversed());
  return axes;
}
