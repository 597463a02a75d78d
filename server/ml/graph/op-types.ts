import type { DType } from "./tensor";

type None = Readonly<Record<string, never>>;

/** Every ONNX operator that a graph may hold, and its attributes. A rule is owed for each (rules.ts). */
export interface PlainOps {
  // elementwise
  Add: None;
  Sub: None;
  Mul: None;
  Div: None;
  Neg: None;
  Exp: None;
  Log: None;
  Sqrt: None;
  Reciprocal: None;
  Pow: None;
  Abs: None;
  Sign: None;
  Sin: None;
  Cos: None;
  Tanh: None;
  Erf: None;
  Sigmoid: None;
  Softplus: None;
  FastGelu: None;
  QuickGelu: { alpha: number };
  Relu: None;
  Max: None;
  Min: None;
  Clip: None;
  Where: None;
  Mod: None;
  Floor: None;
  // comparison and type
  Equal: None;
  Less: None;
  LessOrEqual: None;
  Greater: None;
  GreaterOrEqual: None;
  And: None;
  Or: None;
  Not: None;
  Cast: { to: DType };
  Identity: None;
  // products
  MatMul: None;
  Gemm: { alpha?: number; beta?: number; transA?: 0 | 1; transB?: 0 | 1 };
  FusedMatMul: {
    alpha?: number;
    transA?: 0 | 1;
    transB?: 0 | 1;
    transBatchA?: 0 | 1;
    transBatchB?: 0 | 1;
  };
  // reductions
  ReduceSum: { keepdims: 0 | 1 };
  ReduceMean: { keepdims: 0 | 1 };
  ReduceMax: { keepdims: 0 | 1 };
  ReduceSumSquare: { keepdims: 0 | 1 };
  ArgMax: { axis: number; keepdims: 0 | 1 };
  CumSum: { exclusive?: 0 | 1; reverse?: 0 | 1 };
  TopK: { axis: number; largest: 0 | 1; sorted: 0 | 1 };
  // shape
  Expand: None;
  Reshape: None;
  Transpose: { perm: number[] };
  Concat: { axis: number };
  Split: { axis: number };
  Slice: None;
  Pad: None;
  Unsqueeze: None;
  Squeeze: None;
  Shape: { start?: number; end?: number };
  Range: None;
  // gather and scatter
  Gather: { axis: number };
  GatherElements: { axis: number };
  ScatterElements: { axis: number; reduction: "none" | "add" };
  ScatterND: { reduction?: "add" };
  // normalisation
  Softmax: { axis: number };
  LayerNormalization: { axis: number; epsilon: number };
  SimplifiedLayerNormalization: { axis: number; epsilon: number };
  // attention
  RotaryEmbedding: { num_heads: number; rotary_embedding_dim: number };
  GroupQueryAttention: {
    num_heads: number;
    kv_num_heads: number;
    scale: number;
    do_rotary?: 0 | 1;
  };
}

/** Operations that are written as several plain operators and have a gradient of their own. */
interface CompositeOps {
  TokenLogProb: None;
  Entropy: None;
  DistinctRows: None;
  LayerNorm: { epsilon: number };
  RmsNorm: { epsilon: number };
  GeluTanh: None;
  Silu: None;
  Rotary: { pairs: number };
  Attention: { scale: number };
  GroupedAttention: { scale: number };
}

export type PlainOp = keyof PlainOps;
export type CompositeOp = keyof CompositeOps;
export type Op = PlainOp | CompositeOp;
export type Attributes<K extends Op> = (PlainOps & CompositeOps)[K];

/** Operators outside the standard ONNX domain. */
export const microsoftOps: ReadonlySet<Op> = new Set<Op>([
  "FusedMatMul",
  "GroupQueryAttention",
  "FastGelu",
  "QuickGelu",
  "RotaryEmbedding",
]);
