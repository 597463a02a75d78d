import { AppError } from "../../../domain/app-error";
import { broadcastShapes } from "../dims";
import { type Rules, noGradient } from "../rule";
import type { DType, Operand, Tensor } from "../tensor";
import { unbroadcast } from "./reduce";

type Unary =
  | "Neg"
  | "Exp"
  | "Log"
  | "Sqrt"
  | "Reciprocal"
  | "Abs"
  | "Sign"
  | "Sin"
  | "Cos"
  | "Tanh"
  | "Erf"
  | "Sigmoid"
  | "Softplus"
  | "Relu"
  | "Floor"
  | "Not";
type Binary = "Add" | "Sub" | "Mul" | "Div" | "Pow" | "Max" | "Min" | "Mod";
type Comparison = "Equal" | "Less" | "LessOrEqual" | "Greater" | "GreaterOrEqual" | "And" | "Or";

const unary =
  (op: Unary) =>
  (x: Tensor): Tensor =>
    x.graph.emit(op, [x], {}, { dtype: x.dtype, shape: x.shape })[0];

/** Both operands as tensors of one graph and type; a number takes the type of the other. */
function pair(op: string, a: Operand, b: Operand): [Tensor, Tensor] {
  const like = typeof a === "number" ? (b as Tensor) : a;
  if (typeof like === "number") throw new AppError("internal", `${op}: expected a tensor`);
  const x = typeof a === "number" ? like.graph.constant(a, like.dtype) : a;
  const y = typeof b === "number" ? like.graph.constant(b, like.dtype) : b;
  if (x.dtype !== y.dtype)
    throw new AppError("internal", `${op}: expected one type, got ${String(x)} and ${String(y)}`);
  return [x, y];
}

const binary =
  (op: Binary | Comparison, result?: DType) =>
  (a: Operand, b: Operand): Tensor => {
    const [x, y] = pair(op, a, b);
    const shape = broadcastShapes(x.shape, y.shape, `${op}(${x.name}, ${y.name})`);
    return x.graph.emit(op, [x, y], {}, { dtype: result ?? x.dtype, shape })[0];
  };

// All broadcast as NumPy does; a number stands for a constant of the other's type.
export const add = binary("Add");
export const sub = binary("Sub");
export const mul = binary("Mul");
export const div = binary("Div");
export const pow = binary("Pow");
/** The larger of each two; equal ones share the gradient, as torch.maximum. */
export const max = binary("Max");
/** The smaller of each two; equal ones share the gradient, as torch.minimum. */
export const min = binary("Min");
/** Remainder of whole numbers, with the divisor's sign. */
export const mod = binary("Mod");

export const neg = unary("Neg");
export const exp = unary("Exp");
export const log = unary("Log");
export const sqrt = unary("Sqrt");
export const reciprocal = unary("Reciprocal");
export const abs = unary("Abs");
const sign = unary("Sign");
export const sin = unary("Sin");
export const cos = unary("Cos");
export const tanh = unary("Tanh");
export const erf = unary("Erf");
export const sigmoid = unary("Sigmoid");
/** log(1 + eˣ), without overflow. */
export const softplus = unary("Softplus");
export const relu = unary("Relu");
export const floor = unary("Floor");
export const not = unary("Not");
export const square = (x: Tensor): Tensor => mul(x, x);
/** log σ(x) = −softplus(−x), without overflow. */
export const logSigmoid = (x: Tensor): Tensor => neg(softplus(neg(x)));

export const equal = binary("Equal", "bool");
export const less = binary("Less", "bool");
export const lessOrEqual = binary("LessOrEqual", "bool");
export const greater = binary("Greater", "bool");
export const greaterOrEqual = binary("GreaterOrEqual", "bool");
export const and = binary("And", "bool");
export const or = binary("Or", "bool");

/** x between two numbers; the gradient passes where low ≤ x ≤ high, as torch.clamp. */
export function clip(x: Tensor, low: number, high: number): Tensor {
  const bounds = [x.graph.constant(low, x.dtype), x.graph.constant(high, x.dtype)];
  return x.graph.emit("Clip", [x, ...bounds], {}, { dtype: x.dtype, shape: x.shape })[0];
}

/** a where the condition holds, else b. @param condition bool */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  const { graph } = condition;
  const dtype = typeof a === "number" ? (typeof b === "number" ? "float32" : b.dtype) : a.dtype;
  const x = typeof a === "number" ? graph.constant(a, dtype) : a;
  const y = typeof b === "number" ? graph.constant(b, dtype) : b;
  const shape = [x, y].reduce(
    (sofar, t) => broadcastShapes(sofar, t.shape, "where"),
    condition.shape,
  );
  return graph.emit("Where", [condition, x, y], {}, { dtype, shape })[0];
}

export function cast(x: Tensor, to: DType): Tensor {
  if (x.dtype === to) return x;
  return x.graph.emit("Cast", [x], { to }, { dtype: to, shape: x.shape })[0];
}

/** dy shared between two operands where `first` wins, half each where they are equal. */
function share(dy: Tensor, a: Tensor, b: Tensor, firstWins: Tensor): Tensor[] {
  const tie = cast(equal(a, b), "float32");
  const first = add(cast(firstWins, "float32"), mul(tie, 0.5));
  const toFirst = mul(dy, first);
  return [unbroadcast(toFirst, a.shape), unbroadcast(sub(dy, toFirst), b.shape)];
}

type ElementwiseOp = Unary | Binary | Comparison | "Clip" | "Where" | "Cast" | "Identity";

/** y is the node's result, so that e.g. exp need not be computed twice. */
export const elementwiseRules: Rules<ElementwiseOp> = {
  Add: ({ inputs: [a, b] }, dy) => [unbroadcast(dy, a!.shape), unbroadcast(dy, b!.shape)],
  Sub: ({ inputs: [a, b] }, dy) => [unbroadcast(dy, a!.shape), neg(unbroadcast(dy, b!.shape))],
  Mul: ({ inputs: [a, b] }, dy) => [
    unbroadcast(mul(dy, b!), a!.shape),
    unbroadcast(mul(dy, a!), b!.shape),
  ],
  Div: ({ inputs: [a, b], outputs: [y] }, dy) => {
    const da = div(dy, b!);
    return [unbroadcast(da, a!.shape), neg(unbroadcast(mul(da, y), b!.shape))];
  },
  // by the base only: exponents are constants
  Pow: ({ inputs: [x, n] }, dy) => [
    unbroadcast(mul(dy, mul(n!, pow(x!, sub(n!, 1)))), x!.shape),
    null,
  ],
  Max: ({ inputs: [a, b] }, dy) => share(dy, a!, b!, greater(a!, b!)),
  Min: ({ inputs: [a, b] }, dy) => share(dy, a!, b!, less(a!, b!)),
  Mod: noGradient,
  Neg: (_, dy) => [neg(dy)],
  Exp: ({ outputs: [y] }, dy) => [mul(dy, y)],
  Log: ({ inputs: [x] }, dy) => [div(dy, x!)],
  Sqrt: ({ outputs: [y] }, dy) => [div(mul(dy, 0.5), y)],
  Reciprocal: ({ outputs: [y] }, dy) => [neg(mul(dy, square(y)))],
  Abs: ({ inputs: [x] }, dy) => [mul(dy, sign(x!))],
  Sign: noGradient,
  Sin: ({ inputs: [x] }, dy) => [mul(dy, cos(x!))],
  Cos: ({ inputs: [x] }, dy) => [neg(mul(dy, sin(x!)))],
  Tanh: ({ outputs: [y] }, dy) => [mul(dy, sub(1, square(y)))],
  Erf: ({ inputs: [x] }, dy) => [mul(dy, mul(2 / Math.sqrt(Math.PI), exp(neg(square(x!)))))],
  Sigmoid: ({ outputs: [y] }, dy) => [mul(dy, mul(y, sub(1, y)))],
  Softplus: ({ inputs: [x] }, dy) => [mul(dy, sigmoid(x!))],
  Relu: ({ inputs: [x] }, dy) => [mul(dy, cast(greater(x!, 0), "float32"))],
  Floor: noGradient,
  Not: noGradient,
  Equal: noGradient,
  Less: noGradient,
  LessOrEqual: noGradient,
  Greater: noGradient,
  GreaterOrEqual: noGradient,
  And: noGradient,
  Or: noGradient,
  Clip: ({ inputs: [x, low, high] }, dy) => {
    const inside = and(greaterOrEqual(x!, low!), lessOrEqual(x!, high!));
    return [mul(dy, cast(inside, "float32")), null, null];
  },
  Where: ({ inputs: [condition, a, b] }, dy) => [
    null,
    unbroadcast(where(condition!, dy, 0), a!.shape),
    unbroadcast(where(condition!, 0, dy), b!.shape),
  ],
  Cast: ({ inputs: [x] }, dy) => [x!.dtype === "float32" ? dy : null],
  Identity: (_, dy) => [dy],
};
