import { addDims } from "../dims";
import { concat, reshape } from "../ops/shape";
import { linear, linearT } from "../ops/matmul";
import { rewrite } from "../rewrite";
import type { Node, Tensor } from "../tensor";

/**
 * Queries, keys and values of cached attention as one product: x·[Wq Wk Wv]. Pays where weights are
 * constants, so that they are laid side by side once, when the program is loaded.
 */
export function packedAttention(outputs: readonly Tensor[]): Tensor[] {
  return rewrite(outputs, (node, inputs) => {
    if (node.op !== "GroupQueryAttention") return null;
    const { op, attributes: about } = node as Node<"GroupQueryAttention">;
    const [q, k, v, ...rest] = inputs;
    if (!q || !k || !v) return null; // packed already
    const products = [q, k, v].map(productOf);
    if (!alike(products)) return null;
    const [{ inputs: first, attributes }] = products;
    const weight = join(
      products.map(({ inputs }) => inputs[1]!),
      attributes.transB ? 0 : 1,
    );
    const bias =
      first[2] &&
      join(
        products.map(({ inputs }) => inputs[2]!),
        0,
      );
    const all = (attributes.transB ? linearT : linear)(first[0]!, weight, bias ?? null); // (N, (H + 2·KV)·d)
    const width = addDims(...[q, k, v].map((x) => x.dim(-1)));
    const packed = reshape(all, [...q.shape.slice(0, -1), width]);
    const results = node.outputs.map(({ dtype, shape }) => ({ dtype, shape })) as [Tensor];
    return q.graph.emit(op, [packed, null, null, ...rest], about, ...results);
  });
}

/** The product that a tensor is, perhaps under another shape. */
function productOf(x: Tensor): Node<"Gemm"> | null {
  let at = x;
  while (at.node?.op === "Reshape") at = at.node.inputs[0]!;
  return at.node?.op === "Gemm" ? (at.node as Node<"Gemm">) : null;
}

/** Whether these are products of one x that differ in their weights alone. */
function alike(products: readonly (Node<"Gemm"> | null)[]): products is Node<"Gemm">[] {
  const [first] = products;
  return products.every(
    (product) =>
      first &&
      product?.inputs[0] === first.inputs[0] &&
      Boolean(product?.inputs[2]) === Boolean(first.inputs[2]) &&
      (product?.inputs[2]?.rank ?? 1) === 1 &&
      !product?.attributes.transA &&
      (product?.attributes.alpha ?? 1) === 1 &&
      (product?.attributes.beta ?? 1) === 1 &&
      (product?.attributes.transB ?? 0) === (first.attributes.transB ?? 0),
  );
}

/** Side by side; what was cut from one piece in this order is that piece. */
function join(parts: readonly Tensor[], axis: number): Tensor {
  const cut = parts[0].node;
  const whole = cut?.op === "Split" && (cut as Node<"Split">).attributes.axis === axis;
  const same = whole && cut.outputs.length === parts.length;
  if (same && parts.every((part, i) => part === cut.outputs[i])) return cut.inputs[0]!;
  return concat(parts, axis);
}
