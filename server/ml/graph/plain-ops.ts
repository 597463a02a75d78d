import type { WrittenNode } from "./onnx";
import type { PlainOps } from "./op-types";
import type { Node, Tensor } from "./tensor";

/** A node as standard ones that every provider computes, where it is not one itself. @param used names of values that are used */
export function plainly(node: Node, used: ReadonlySet<string>): readonly WrittenNode[] {
  if (node.op === "FusedMatMul") return plainProduct(node);
  if (node.op === "RotaryEmbedding") return plainRotation(node);
  if (node.op === "SimplifiedLayerNormalization" && used.has(node.outputs[1].name))
    return plainNorm(node);
  return [node];
}

/** FusedMatMul as the nodes that it fuses: Transpose of each operand where it asks for one, MatMul, Mul. */
function plainProduct({ inputs, outputs, attributes }: Node): WrittenNode[] {
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

/** RotaryEmbedding of one sequence [1, N, heads·d], with a row of the tables [N, pairs] for each token. */
function plainRotation({ inputs, outputs: [y], attributes }: Node): WrittenNode[] {
  const { num_heads: heads, rotary_embedding_dim: turned } =
    attributes as PlainOps["RotaryEmbedding"];
  const [x, , cos, sin] = inputs as [Tensor, Tensor, Tensor, Tensor];
  const width = x.dim(-1) as number;
  const [d, pairs] = [width / heads, turned / 2];
  const sizes = d === turned ? [pairs, pairs] : [pairs, pairs, d - turned];
  const part = (name: string): { name: string } => ({ name: `${y.name}.${name}` });
  const parts = sizes.map((_, i) => part(`part_${i}`));
  const [a, b] = parts;
  const ints = (name: string, values: number[]): WrittenNode => ({
    op: "Constant",
    inputs: [],
    outputs: [part(name)],
    attributes: { value_ints: values },
  });
  const node = (
    op: WrittenNode["op"],
    of: WrittenNode["inputs"],
    to: WrittenNode["outputs"],
    how: object = {},
  ): WrittenNode => ({ op, inputs: of, outputs: to, attributes: how });
  return [
    ints("apart", [-1, heads, d]),
    ints("sizes", sizes),
    ints("axis", [1]),
    ints("shape", [1, -1, width]),
    node("Reshape", [x, part("apart")], [part("heads")]),
    node("Split", [part("heads"), part("sizes")], parts, { axis: 2 }),
    node("Unsqueeze", [cos, part("axis")], [part("cos")]),
    node("Unsqueeze", [sin, part("axis")], [part("sin")]),
    node("Mul", [a, part("cos")], [part("a_cos")]),
    node("Mul", [b, part("sin")], [part("b_sin")]),
    node("Sub", [part("a_cos"), part("b_sin")], [part("first")]),
    node("Mul", [b, part("cos")], [part("b_cos")]),
    node("Mul", [a, part("sin")], [part("a_sin")]),
    node("Add", [part("b_cos"), part("a_sin")], [part("second")]),
    node("Concat", [part("first"), part("second"), ...parts.slice(2)], [part("turned")], {
      axis: 2,
    }),
    node("Reshape", [part("turned"), part("shape")], [y]),
  ];
}

/** The second result, 1/√(mean x² + ε), anew: WebGPU's kernel does not fill it. */
function plainNorm({ op, inputs, outputs: [y, inv], attributes }: Node): WrittenNode[] {
  const { epsilon } = attributes as PlainOps["SimplifiedLayerNormalization"];
  const [x] = inputs as [Tensor];
  const part = (name: string): { name: string } => ({ name: `${inv.name}.${name}` });
  const number = (name: string, attribute: object): WrittenNode => ({
    op: "Constant",
    inputs: [],
    outputs: [part(name)],
    attributes: attribute,
  });
  const step = (
    kind: WrittenNode["op"],
    of: WrittenNode["inputs"],
    to: { name: string },
    how: object = {},
  ): WrittenNode => ({ op: kind, inputs: of, outputs: [to], attributes: how });
  return [
    { op, inputs, outputs: [y], attributes },
    number("axis", { value_ints: [-1] }),
    number("width", { value_float: x.dim(-1) }),
    number("epsilon", { value_float: epsilon }),
    step("ReduceSumSquare", [x, part("axis")], part("squares"), { keepdims: 1 }),
    step("Div", [part("squares"), part("width")], part("mean")),
    step("Add", [part("mean"), part("epsilon")], part("sum")),
    step("Sqrt", [part("sum")], part("root")),
    step("Reciprocal", [part("root")], inv),
  ];
}
