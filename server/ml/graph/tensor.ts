import { AppError } from "../../domain/app-error";
import { type Dim, type Shape, showShape, termsOf } from "./dims";
import type { Attributes, CompositeOp, Op, PlainOp } from "./op-types";

export type DType = "float32" | "int32" | "int64" | "bool";
export type TensorData = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** One operation; composite ones are gradients' view of several plain nodes. */
export interface Node<K extends Op = Op> {
  readonly op: K;
  readonly scope: string;
  readonly inputs: readonly (Tensor | null)[];
  readonly attributes: Attributes<K>;
  readonly outputs: Tensor[];
  /** What a composite keeps of its forward pass for its gradient. */
  readonly saved: readonly Tensor[];
}

/** A value of the graph: a name, a type and a shape, never numbers (but for constants). */
export class Tensor {
  /** The composite this is the result of, if its gradient is taken as a whole. */
  composite: Node | null = null;

  constructor(
    readonly graph: Graph,
    readonly name: string,
    readonly dtype: DType,
    readonly shape: Shape,
    readonly node: Node | null,
    readonly constant: TensorData | null = null,
    /** No gradient flows through (stopGradient). */
    readonly detached = false,
  ) {}

  get rank(): number {
    return this.shape.length;
  }

  /** Size of an axis; negative counts from the end. */
  dim(axis: number): Dim {
    return this.shape[axis < 0 ? axis + this.rank : axis];
  }

  toString(): string {
    return `${this.name}: ${this.dtype}${showShape(this.shape)}`;
  }
}

/** What an operation takes where a number will do. */
export type Operand = Tensor | number;

/** The nodes of one program, made by the functions of ops/; the same node is never made twice. */
export class Graph {
  readonly inputs: Tensor[] = [];
  readonly constants: Tensor[] = [];
  readonly nodes: Node[] = [];
  #scope: string[] = [];
  #counts = new Map<string, number>();
  #cache = new Map<string, Tensor[]>();
  #symbols = new Map<string, { tensor: Tensor; axis: number }>();

  /** Runs f with its values named under `name.`. */
  scope<T>(name: string, f: () => T): T {
    this.#scope.push(name);
    try {
      return f();
    } finally {
      this.#scope.pop();
    }
  }

  input(name: string, dtype: DType, shape: Shape): Tensor {
    if (this.inputs.some((input) => input.name === name))
      throw new AppError("internal", `input "${name}" is declared twice`);
    const tensor = new Tensor(this, name, dtype, shape, null);
    this.#counts.set(name, 1);
    this.inputs.push(tensor);
    shape.forEach((dim, axis) => {
      if (typeof dim === "string" && /^[A-Za-z_]\w*$/.test(dim) && !this.#symbols.has(dim))
        this.#symbols.set(dim, { tensor, axis });
    });
    return tensor;
  }

  /** A constant, cached by its content when small. @param shape [] for a scalar */
  constant(
    values: number | readonly number[],
    dtype: DType = "float32",
    shape: readonly number[] = typeof values === "number" ? [] : [values.length],
  ): Tensor {
    const list = typeof values === "number" ? [values] : values;
    const key = `constant ${dtype} ${shape.join()} ${list.join()}`;
    return this.#cached(key, () => {
      const tensor = new Tensor(
        this,
        this.#name("constant"),
        dtype,
        shape,
        null,
        pack(list, dtype),
      );
      this.constants.push(tensor);
      return [tensor];
    })[0];
  }

  /** A constant of many numbers, used as it is and not compared with others. */
  table(data: Float32Array, shape: readonly number[]): Tensor {
    const tensor = new Tensor(this, this.#name("table"), "float32", shape, null, data);
    this.constants.push(tensor);
    return tensor;
  }

  /** Adds a plain node (or finds the one that computes the same) and returns its results. */
  emit<K extends PlainOp>(
    op: K,
    inputs: readonly (Tensor | null)[],
    attributes: Attributes<K>,
    ...results: { dtype: DType; shape: Shape }[]
  ): [Tensor, ...Tensor[]] {
    const names = inputs.map((x) => (x === null ? "" : x.detached ? `${x.name}!` : x.name));
    const key = `${op} ${names.join()} ${JSON.stringify(attributes)} ${results.length}`;
    return this.#cached(key, () => {
      const outputs: Tensor[] = [];
      const scope = this.#scope.join(".");
      const node: Node<K> = { op, scope, inputs, attributes, outputs, saved: [] };
      for (const { dtype, shape } of results)
        outputs.push(new Tensor(this, this.#name(op), dtype, shape, node));
      this.nodes.push(node);
      return outputs;
    }) as [Tensor, ...Tensor[]];
  }

  /** Adds a node that computes what another does from these inputs, though it may be there already. */
  repeat(node: Node, inputs: readonly (Tensor | null)[]): Tensor[] {
    const outputs: Tensor[] = [];
    const copy: Node = { ...node, inputs, outputs };
    for (const { name, dtype, shape } of node.outputs)
      outputs.push(new Tensor(this, this.#unique(`${name}_again`), dtype, shape, copy));
    this.nodes.push(copy);
    return outputs;
  }

  /** Marks y, made of plain nodes, as the result of a composite whose gradient is one rule. */
  composite<K extends CompositeOp>(
    op: K,
    inputs: readonly (Tensor | null)[],
    attributes: Attributes<K>,
    y: Tensor,
    saved: readonly Tensor[],
  ): Tensor {
    const scope = this.#scope.join(".");
    y.composite = { op, scope, inputs, attributes, outputs: [y], saved } as unknown as Node;
    return y;
  }

  /** A shape as a node sees it: one int64 vector, computed when sizes are named. */
  shapeTensor(shape: Shape): Tensor {
    if (shape.every((dim) => typeof dim === "number")) return this.constant(shape, "int64");
    const parts: Tensor[] = [];
    for (const dim of shape) parts.push(this.dimTensor(dim));
    if (parts.length === 1) return parts[0];
    return this.emit("Concat", parts, { axis: 0 }, { dtype: "int64", shape: [parts.length] })[0];
  }

  /** @returns int64 [1] */
  dimTensor(dim: Dim): Tensor {
    if (typeof dim === "number") return this.constant([dim], "int64");
    const int64 = { dtype: "int64", shape: [1] } as const;
    let sum: Tensor | null = null;
    for (const [coefficient, names] of termsOf(dim)) {
      let product: Tensor | null =
        coefficient === 1 && names.length > 0 ? null : this.constant([coefficient], "int64");
      for (const name of names) {
        const size = this.#symbol(name);
        product = product === null ? size : this.emit("Mul", [product, size], {}, int64)[0];
      }
      sum = sum === null ? product : this.emit("Add", [sum, product], {}, int64)[0];
    }
    return sum!;
  }

  #symbol(name: string): Tensor {
    const source = this.#symbols.get(name);
    if (!source)
      throw new AppError(
        "internal",
        `size "${name}" is used but no input has an axis of that name`,
      );
    const { tensor, axis } = source;
    const range = { start: axis, end: axis + 1 };
    return this.emit("Shape", [tensor], range, { dtype: "int64", shape: [1] })[0];
  }

  #cached(key: string, make: () => Tensor[]): Tensor[] {
    const known = this.#cache.get(key);
    if (known) return known;
    const made = make();
    this.#cache.set(key, made);
    return made;
  }

  #name(op: string): string {
    return this.#unique([...this.#scope, op.charAt(0).toLowerCase() + op.slice(1)].join("."));
  }

  #unique(base: string): string {
    const count = this.#counts.get(base) ?? 0;
    this.#counts.set(base, count + 1);
    return count === 0 ? base : `${base}_${count}`;
  }
}

function pack(values: readonly number[], dtype: DType): TensorData {
  if (dtype === "float32") return Float32Array.from(values);
  if (dtype === "int32") return Int32Array.from(values);
  if (dtype === "bool") return Uint8Array.from(values);
  return BigInt64Array.from(values, (value) => BigInt(value));
}

/** The same value without its history: gradients stop here. */
export function stopGradient(x: Tensor): Tensor {
  return new Tensor(x.graph, x.name, x.dtype, x.shape, x.node, x.constant, true);
}

/** Throws unless x has this shape; names where. */
export function expectShape(x: Tensor, shape: Shape, what: string): void {
  if (x.rank !== shape.length || x.shape.some((dim, i) => dim !== shape[i]))
    throw new AppError("internal", `${what}: expected ${showShape(shape)}, got ${String(x)}`);
}
