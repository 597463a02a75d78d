import * as ort from "onnxruntime-node";

import { AppError } from "../../domain/app-error";
import { type Dim, type Shape, evaluateDim, showShape } from "../graph/dims";
import type { DType, Graph, Tensor, TensorData } from "../graph/tensor";

/** Numbers with a shape: what goes into a program and what comes out. */
export interface Value<D extends TensorData = TensorData> {
  readonly data: D;
  readonly shape: readonly number[];
}

export type Feeds<Names extends string = string> = Record<Names, Value>;

/** An input that a program declares; named sizes are bound by what is fed. */
export interface InputSpec {
  dtype: DType;
  shape: Shape;
}

export type InputSpecs = Record<string, InputSpec>;

export const int32 = (...shape: Dim[]): InputSpec => ({ dtype: "int32", shape });
export const float32 = (...shape: Dim[]): InputSpec => ({ dtype: "float32", shape });

/** Declares inputs. @returns a tensor for each */
export function declareInputs<I extends InputSpecs>(
  graph: Graph,
  specs: I,
): Record<keyof I, Tensor> {
  const tensors = Object.entries(specs).map(([name, { dtype, shape }]) => [
    name,
    graph.input(name, dtype, shape),
  ]);
  return Object.fromEntries(tensors) as Record<keyof I, Tensor>;
}

const arrays = {
  float32: Float32Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
} as const;

export function allocate(dtype: DType, shape: readonly number[]): ort.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return toOrt({ data: new arrays[dtype](size), shape }, dtype);
}

export function toOrt({ data, shape }: Value, dtype: DType): ort.Tensor {
  return new ort.Tensor(dtype as "float32", data as Float32Array, shape);
}

/** Checks a feed against its declaration and binds the named sizes; throws what it expected and got. */
export function bindFeed(input: Tensor, feed: Value | undefined, sizes: Map<string, number>): void {
  if (!feed) throw new AppError("bad-input", `input "${input.name}" is not fed`);
  const fail = (): never => {
    throw new AppError(
      "bad-input",
      `input "${input.name}": expected ${input.dtype}${showShape(input.shape)}${bound(input, sizes)}, ` +
        `got ${feed.data.constructor.name} ${showShape(feed.shape)} of ${feed.data.length}`,
    );
  };
  const size = feed.shape.reduce((a, b) => a * b, 1);
  if (!(feed.data instanceof arrays[input.dtype]) || size !== feed.data.length) fail();
  if (feed.shape.length !== input.rank) fail();
  for (const [axis, dim] of input.shape.entries()) {
    const got = feed.shape[axis];
    if (typeof dim === "number" ? dim !== got : (sizes.get(dim) ?? got) !== got) fail();
    if (typeof dim === "string") sizes.set(dim, got);
  }
}

function bound(input: Tensor, sizes: ReadonlyMap<string, number>): string {
  const names = input.shape.filter((dim) => typeof dim === "string" && sizes.has(dim));
  return names.length === 0
    ? ""
    : ` with ${names.map((n) => `${n} = ${sizes.get(String(n))}`).join()}`;
}

export function concreteShape(shape: Shape, sizes: ReadonlyMap<string, number>): number[] {
  return shape.map((dim) => evaluateDim(dim, sizes));
}
