import { reshape } from "../ops/shape";
import { rewrite } from "../rewrite";
import type { Node, Tensor } from "../tensor";

// of what the kernel rotates: a head's width, and pairs in it
const HEAD_MULTIPLE = 16;
const PAIRS_MULTIPLE = 8;
const MOST_POSITIONS = 2 ** 15; // beyond, the tables would weigh more than they save

/**
 * Rotary positions inside cached attention, from tables of cosines and sines, in place of some
 * twenty nodes a layer. Right where each token's position is its place in the cache.
 * @param positions name of the input that holds them @param context positions there can be
 */
export function rotaryAttention(
  outputs: readonly Tensor[],
  { positions, context }: { positions: string; context: number },
): Tensor[] {
  const tables = new Map<string, Tensor | null>();
  const tableOf = (x: Tensor): Tensor | null => {
    const known = tables.get(x.name);
    if (known !== undefined) return known;
    const made = context <= MOST_POSITIONS ? tabulate(x, positions, context) : null;
    tables.set(x.name, made);
    return made;
  };
  return rewrite(outputs, (node, inputs) => {
    if (node.op !== "GroupQueryAttention" || inputs.length > 7) return null;
    const { op, attributes } = node as Node<"GroupQueryAttention">;
    const [q, k, v, pastKey, ...rest] = inputs;
    const [turnedQ, turnedK] = [q, k].map((x) => x && rotaryOf(x));
    if (!q || !k || !turnedQ || !turnedK) return null;
    const [plainQ, cos, sin] = turnedQ.inputs as [Tensor, Tensor, Tensor];
    const [plainK, cosK, sinK] = turnedK.inputs as [Tensor, Tensor, Tensor];
    if (cos.name !== cosK.name || sin.name !== sinK.name) return null;
    if ([turnedQ, turnedK].some((turn) => Object.keys(turn.attributes).join() !== "pairs"))
      return null;
    const width = plainQ.dim(-1) as number;
    if (width !== pastKey!.dim(-1)) return null; // heads are padded in the cache
    const pairs = turnedQ.attributes.pairs;
    if (width % HEAD_MULTIPLE !== 0 || pairs % PAIRS_MULTIPLE !== 0) return null;
    const [cosTable, sinTable] = [tableOf(cos), tableOf(sin)];
    if (!cosTable || !sinTable) return null;
    const plain = [flat(plainQ, q), flat(plainK, k), v, pastKey, ...rest, cosTable, sinTable];
    const results = node.outputs.map(({ dtype, shape }) => ({ dtype, shape })) as [Tensor];
    return q.graph.emit(op, plain, { ...attributes, do_rotary: 1 }, ...results);
  });
}

/** The rotation that a tensor is, perhaps under another shape. */
function rotaryOf(x: Tensor): Node<"Rotary"> | null {
  let at = x;
  while (!at.composite && at.node?.op === "Reshape") at = at.node.inputs[0]!;
  return at.composite?.op === "Rotary" ? (at.composite as Node<"Rotary">) : null;
}

function flat(x: Tensor, like: Tensor): Tensor {
  let from = x;
  while (!from.composite && from.node?.op === "Reshape") from = from.node.inputs[0]!;
  return reshape(from, like.shape);
}

/**
 * What a value of one token is at each position: [context, pairs], where it is computed from the
 * position and constants alone, element by element. Null: it is not.
 */
function tabulate(x: Tensor, positions: string, context: number): Tensor | null {
  const pairs = x.dim(-1);
  const element = typeof pairs === "number" ? elementOf(x, positions) : null;
  if (!element) return null;
  const width = pairs as number;
  const table = new Float32Array(context * width);
  for (let p = 0; p < context; p++)
    for (let i = 0; i < width; i++) table[p * width + i] = element.at(p, i);
  return x.graph.table(table, [context, width]);
}

interface Element {
  readonly at: (position: number, pair: number) => number;
  /** whether the pair matters */
  readonly byPair: boolean;
}

const unary = new Map<string, (x: number) => number>([
  ["Cos", Math.cos],
  ["Sin", Math.sin],
]);
const binary = new Map<string, (a: number, b: number) => number>([
  ["Add", (a, b) => a + b],
  ["Sub", (a, b) => a - b],
  ["Mul", (a, b) => a * b],
  ["Div", (a, b) => a / b],
]);

/** Rounded to fp32 after each operation, as the nodes round. */
function elementOf(x: Tensor, positions: string): Element | null {
  const { constant, node } = x;
  if (constant) {
    const byPair = constant.length > 1;
    if (byPair && x.dim(-1) !== constant.length) return null; // varies along another axis
    return { at: (_, pair) => Number(constant[byPair ? pair : 0]), byPair };
  }
  if (!node) return x.name === positions ? { at: (position) => position, byPair: false } : null;
  const [a, b] = node.inputs.slice(0, 2).map((input) => input && elementOf(input, positions));
  if (!a) return null;
  if (["Cast", "Reshape", "Unsqueeze"].includes(node.op))
    return a.byPair && x.dim(-1) !== node.inputs[0]!.dim(-1) ? null : a;
  const f = unary.get(node.op);
  if (f) return { ...a, at: (position, pair) => Math.fround(f(a.at(position, pair))) };
  const g = binary.get(node.op);
  if (!g || !b) return null;
  const at: Element["at"] = (p, i) => Math.fround(g(a.at(p, i), b.at(p, i)));
  return { at, byPair: a.byPair || b.byPair };
}
