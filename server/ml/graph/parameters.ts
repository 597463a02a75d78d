import { AppError } from "../../domain/app-error";
import type { Graph, Tensor } from "./tensor";

/**
 * One named fp32 array. A trainer updates it, and may move `data` to memory of its own while it does: keep the
 * weight, not its array.
 */
export interface Weight {
  readonly shape: readonly number[];
  data: Float32Array;
}

export type Weights = Map<string, Weight>;

/** The weights of a model as values of a graph; each becomes an input when it is first asked for. */
export class Parameters {
  #made: Map<string, Tensor>;

  constructor(
    readonly graph: Graph,
    readonly weights: ReadonlyMap<string, Weight>,
    readonly prefix = "",
    made = new Map<string, Tensor>(),
  ) {
    this.#made = made;
  }

  has(name: string): boolean {
    return this.weights.has(this.prefix + name);
  }

  get(name: string): Tensor {
    const full = this.prefix + name;
    const known = this.#made.get(full);
    if (known) return known;
    const weight = this.weights.get(full);
    if (!weight) throw new AppError("bad-input", `the model has no weight "${full}"`);
    const tensor = this.graph.input(full, "float32", weight.shape);
    this.#made.set(full, tensor);
    return tensor;
  }

  /** The weight if the model has it (a bias that a family may lack). */
  maybe(name: string): Tensor | null {
    return this.has(name) ? this.get(name) : null;
  }

  /** The weights of one of several models: `under("policy.").get("lm_head.weight")`. */
  under(prefix: string): Parameters {
    return new Parameters(this.graph, this.weights, this.prefix + prefix, this.#made);
  }

  /** Those asked for so far, by full name. */
  used(): ReadonlyMap<string, Tensor> {
    return this.#made;
  }
}

/** Weights of several models under prefixes, sharing their arrays: {policy, value} → "policy.…". */
export function joinWeights(models: Record<string, ReadonlyMap<string, Weight>>): Weights {
  const all: Weights = new Map();
  for (const [prefix, weights] of Object.entries(models))
    for (const [name, weight] of weights) all.set(`${prefix}.${name}`, weight);
  return all;
}
