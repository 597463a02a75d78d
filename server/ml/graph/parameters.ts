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

/** Low-rank products that stand beside some of a model's weights (LoRA). */
export interface Adapters {
  /** By module, what its product is multiplied by. */
  readonly scales: ReadonlyMap<string, number>;
  /** Share of an adapter's input that is dropped in training. */
  readonly dropout: number;
}

interface Beside extends Adapters {
  /** Prefix that the modules' names begin after. */
  readonly root: string;
}

/** The weights of a model as values of a graph; each becomes an input when it is first asked for. */
export class Parameters {
  #made: Map<string, Tensor>;

  constructor(
    readonly graph: Graph,
    readonly weights: ReadonlyMap<string, Weight>,
    readonly prefix = "",
    made = new Map<string, Tensor>(),
    private readonly beside: Beside | null = null,
    /** What this pass's dropout is drawn from; null where nothing is dropped. */
    private readonly seed: Tensor | null = null,
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
    return this.#with(this.prefix + prefix, this.beside, this.seed);
  }

  /** The same weights with adapters beside them; modules are named from here. */
  adapted(adapters: Adapters | null): Parameters {
    const beside = adapters && { ...adapters, root: this.prefix };
    return this.#with(this.prefix, beside, this.seed);
  }

  /** The same weights in a training pass: adapters drop a share of their input. @param seed [4] in [0, 1) */
  dropping(seed: Tensor): Parameters {
    return this.#with(this.prefix, this.beside, seed);
  }

  /** The adapter beside a module, null where it has none. */
  adapter(name: string): { module: string; scale: number; dropout: number } | null {
    if (!this.beside) return null;
    const module = (this.prefix + name).slice(this.beside.root.length);
    const scale = this.beside.scales.get(module);
    return scale === undefined ? null : { module, scale, dropout: this.beside.dropout };
  }

  /** @returns [4], null outside training */
  get dropoutSeed(): Tensor | null {
    return this.seed;
  }

  /** Those asked for so far, by full name. */
  used(): ReadonlyMap<string, Tensor> {
    return this.#made;
  }

  #with(prefix: string, beside: Beside | null, seed: Tensor | null): Parameters {
    return new Parameters(this.graph, this.weights, prefix, this.#made, beside, seed);
  }
}

/** Weights of several models under prefixes, sharing their arrays: {policy, value} → "policy.…". */
export function joinWeights(models: Record<string, ReadonlyMap<string, Weight>>): Weights {
  const all: Weights = new Map();
  for (const [prefix, weights] of Object.entries(models))
    for (const [name, weight] of weights) all.set(`${prefix}.${name}`, weight);
  return all;
}
