import type { PlainOps } from "./op-types";
import type { Node, Tensor } from "./tensor";
import { partsOf, type Spelling, written, writtenConstant, type WrittenNode } from "./written";

/** A node as standard ones that every provider computes, where it is not one itself. */
export const plainly: Spelling = (node, used) => {
  if (node.op === "FusedMatMul") return plainProduct(node);
  if (node.op === "RotaryEmbedding") return plainRotation(node);
  if (node.op === "SimplifiedLayerNormalization" && used.has(node.outputs[1].name))
    return plainNorm(node);
  return [node];
};

/** FusedMatMul as the nodes that it fuses: Transpose of each operand where it asks for one, MatMul, Mul. */
function plainProduct({ inputs, outputs: [y], attributes }: Node): WrittenNode[] {
  const {
    alpha = 1,
    transA,
    transB,
    transBatchA,
    transBatchB,
  } = attributes as PlainOps["FusedMatMul"];
  const part = partsOf(y);
  const nodes: WrittenNode[] = [];
  const operand = (i: 0 | 1, trans: 0 | 1 = 0, transBatch: 0 | 1 = 0): { name: string } => {
    const x = inputs[i]!;
    if (!trans && !transBatch) return x;
    const turned = part(`operand_${i}`);
    nodes.push(written("Transpose", [x], [turned], { perm: order(x.rank, trans, transBatch) }));
    return turned;
  };
  const operands = [operand(0, transA, transBatchA), operand(1, transB, transBatchB)];
  if (alpha === 1) return [...nodes, written("MatMul", operands, [y])];
  return [
    ...nodes,
    written("MatMul", operands, [part("product")]),
    writtenConstant(part("alpha"), alpha),
    written("Mul", [part("product"), part("alpha")], [y]),
  ];
}

/** Axes as FusedMatMul reads them: transBatch moves the first to just before the last, then trans swaps the last two. */
function order(rank: number, trans: 0 | 1, transBatch: 0 | 1): number[] {
  const axes = Array.from({ length: rank }, (_, i) => i);
  if (transBatch) axes.splice(rank - 2, 0, axes.shift()!);
  if (trans) axes.push(...axes.splice(-2).toReversed());
  return axes;
}

/** RotaryEmbedding of one sequence [1, N, heads·d], with a row of the tables [N, pairs] for each token. */
function plainRotation({ inputs, outputs: [y], attributes }: Node): WrittenNode[] {
  const { num_heads: heads, rotary_embedding_dim: turned } =
    attributes as PlainOps["RotaryEmbedding"];
  const [x, , cos, sin] = inputs as [Tensor, Tensor, Tensor, Tensor];
  const width = x.dim(-1) as number;
  const [d, pairs] = [width / heads, turned / 2];
  const sizes = d === turned ? [pairs, pairs] : [pairs, pairs, d - turned];
  const part = partsOf(y);
  const parts = sizes.map((_, i) => part(`part_${i}`));
  const [a, b] = parts;
  const all = [part("first"), part("second"), ...parts.slice(2)];
  return [
    writtenConstant(part("apart"), [-1, heads, d]),
    writtenConstant(part("sizes"), sizes),
    writtenConstant(part("axis"), [1]),
    writtenConstant(part("shape"), [1, -1, width]),
    written("Reshape", [x, part("apart")], [part("heads")]),
    written("Split", [part("heads"), part("sizes")], parts, { axis: 2 }),
    written("Unsqueeze", [cos, part("axis")], [part("cos")]),
    written("Unsqueeze", [sin, part("axis")], [part("sin")]),
    written("Mul", [a, part("cos")], [part("a_cos")]),
    written("Mul", [b, part("sin")], [part("b_sin")]),
    written("Sub", [part("a_cos"), part("b_sin")], [part("first")]),
    written("Mul", [b, part("cos")], [part("b_cos")]),
    written("Mul", [a, part("sin")], [part("a_sin")]),
    written("Add", [part("b_cos"), part("a_sin")], [part("second")]),
    written("Concat", all, [part("turned")], { axis: 2 }),
    written("Reshape", [part("turned"), part("shape")], [y]),
  ];
}

/** The second result, 1/√(mean x² + ε), anew: WebGPU's kernel does not fill it. */
function plainNorm({ op, inputs, outputs: [y, inv], attributes }: Node): WrittenNode[] {
  const { epsilon } = attributes as PlainOps["SimplifiedLayerNormalization"];
  const [x] = inputs as [Tensor];
  const part = partsOf(inv);
  return [
    { op, inputs, outputs: [y], attributes },
    writtenConstant(part("axis"), [-1]),
    writtenConstant(part("width"), x.dim(-1) as number),
    writtenConstant(part("epsilon"), epsilon),
    written("ReduceSumSquare", [x, part("axis")], [part("squares")], { keepdims: 1 }),
    written("Div", [part("squares"), part("width")], [part("mean")]),
    written("Add", [part("mean"), part("epsilon")], [part("sum")]),
    written("Sqrt", [part("sum")], [part("root")]),
    written("Reciprocal", [part("root")], [inv]),
  ];
}
