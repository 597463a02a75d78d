import { AppError } from "../../domain/app-error";
import { backward } from "../graph/backward";
import { add, mul } from "../graph/ops/elementwise";
import { type AdamWOptions, adamW, adamWDefaults, clipScale, globalNorm } from "../graph/optimizer";
import { Parameters, type Weight, type Weights } from "../graph/parameters";
import { recompute } from "../graph/passes/recompute";
import { Graph, type Tensor } from "../graph/tensor";
import { HostAdamW, fitsHostAdamW } from "./host-adamw";
import { after } from "./barrier";
import { Lanes, lanesFor } from "./lanes";
import { SharedAdamW } from "./shared-adamw";
import { type Feeds, type InputSpecs, type Value, declareInputs } from "./feeds";
import { Program } from "./program";
import { forgetOnDevice } from "./resident";
import { type SessionOptions, defaultProvider } from "./session";

export interface TrainingSpec<I extends InputSpecs, Out extends string> extends SessionOptions {
  /** Updated in place. Weights of several models: joinWeights. */
  weights: Weights;
  inputs: I;
  /** The loss (one number, []) and whatever else is worth knowing of a batch. */
  build(x: { inputs: Record<keyof I, Tensor>; params: Parameters; graph: Graph }): {
    loss: Tensor;
    outputs?: Record<Out, Tensor>;
  };
  optimizer?: Partial<AdamWOptions>;
  /** Compute each layer's values again for its gradients rather than keep them (graph/passes/recompute.ts). */
  recompute?: boolean;
  /** Copies of the model that learn side by side, each from its passes of an update (lanes.ts); default 1, "auto": what pays. */
  lanes?: "auto" | number;
  /** Weights that do not learn, by name. */
  frozen?: (name: string) => boolean;
  /** Where an earlier training stopped. */
  state?: OptimizerState;
}

/** What AdamW remembers: updates done, and m.NAME, v.NAME for each weight that learns. */
export interface OptimizerState {
  step: number;
  tensors: Weights;
}

type Outputs<Out extends string> = Record<Out | "loss", Value>;

export interface Trainer<In extends string, Out extends string> {
  /** Into how many passes of like size a batch is best cut. */
  readonly lanes: number;
  /** One update from the sum of these passes' gradients. @returns gradNorm before clipping */
  update(
    passes: readonly Feeds<In>[],
    options: { lr: number },
  ): Promise<{ outputs: Outputs<Out>[]; gradNorm: number }>;
  /** One update from one batch. @returns gradNorm before clipping */
  step(
    feeds: Feeds<In>,
    options: { lr: number },
  ): Promise<{ outputs: Outputs<Out>; gradNorm: number }>;
  /** Adds scale·gradient to what the next `apply` will use. */
  accumulate(feeds: Feeds<In>, scale?: number): Promise<Outputs<Out>>;
  /** One update from what was accumulated since the last. */
  apply(options: { lr: number }): Promise<{ gradNorm: number }>;
  /** The same loss and outputs; nothing changes. */
  forward(feeds: Feeds<In>): Promise<Outputs<Out>>;
  gradients(feeds: Feeds<In>): Promise<{ outputs: Outputs<Out>; gradients: Weights }>;
  /** The arrays themselves, not copies (but those of lanes): write them before the next update. */
  state(): OptimizerState;
  dispose(): Promise<void>;
}

const scalar = (x: number): Value => ({ data: Float32Array.of(x), shape: [] });

/**
 * Compiles forward, backward, clipping and AdamW into one program.
 * Weights that the loss does not reach are left alone.
 */
export function compileTraining<I extends InputSpecs, Out extends string = never>(
  spec: TrainingSpec<I, Out>,
): Trainer<keyof I & string, Out> {
  return new GraphTrainer(spec);
}

interface Slot {
  name: string;
  weight: Tensor;
  gradient: Tensor;
}

class GraphTrainer<I extends InputSpecs, Out extends string> implements Trainer<
  keyof I & string,
  Out
> {
  readonly #graph = new Graph();
  readonly #outputs: Record<Out | "loss", Tensor>;
  /** Trained weights and the gradient of the loss by each. */
  readonly #slots: Slot[];
  readonly #buffers: Weights;
  readonly #optimizer: AdamWOptions;
  readonly #state: OptimizerState;
  /** The optimizer outside the graph, on the CPU; null: it is part of the programs. */
  readonly #host: HostAdamW | null;
  readonly #programs = new Map<string, Promise<Program>>();
  /** The optimizer of several lanes; null: there is one. */
  readonly #shared: SharedAdamW | null;
  #started: Promise<Lanes> | null = null;
  #accumulated = 0;
  readonly lanes: number;

  constructor(private readonly spec: TrainingSpec<I, Out>) {
    this.#optimizer = { ...adamWDefaults, ...spec.optimizer };
    const inputs = declareInputs(this.#graph, spec.inputs);
    const params = new Parameters(this.#graph, spec.weights);
    const { loss, outputs } = spec.build({ inputs, params, graph: this.#graph });
    this.#outputs = { ...outputs, loss } as Record<Out | "loss", Tensor>;
    const trained = [...params.used()].filter(([name]) => !spec.frozen?.(name));
    const gradients = backward(
      loss,
      trained.map(([, weight]) => weight),
    );
    const slots = trained.flatMap(([name, weight]) => {
      const gradient = gradients.get(weight);
      return gradient ? [{ name, weight, gradient }] : [];
    });
    this.#slots = spec.recompute ? this.#recomputed(slots) : slots;
    if (this.#slots.length === 0)
      throw new AppError("internal", "the loss depends on no weight that may learn");
    this.#buffers = new Map(spec.weights);
    this.lanes = lanesFor(spec, this.#learning());
    this.#shared =
      this.lanes > 1 ? new SharedAdamW(this.#learning(), this.#optimizer, this.lanes) : null;
    this.#host = this.#hostOptimizer();
    this.#state = this.#restore(spec.state);
    for (const [name, tensor] of this.#state.tensors) this.#buffers.set(name, tensor);
  }

  async update(
    passes: readonly Feeds[],
    { lr }: { lr: number },
  ): Promise<{ outputs: Outputs<Out>[]; gradNorm: number }> {
    if (this.#shared) {
      const lanes = await (this.#started ??= this.#startLanes(this.#shared));
      const step = this.#state.step + 1;
      const updated = await lanes.update(passes, { lr, step });
      this.#state.step = step;
      return updated as { outputs: Outputs<Out>[]; gradNorm: number };
    }
    if (passes.length === 1) {
      const { outputs, gradNorm } = await this.step(passes[0], { lr });
      return { outputs: [outputs], gradNorm };
    }
    const outputs: Outputs<Out>[] = [];
    for (const pass of passes) outputs.push(await this.accumulate(pass));
    return { outputs, ...(await this.apply({ lr })) };
  }

  async step(
    feeds: Feeds,
    { lr }: { lr: number },
  ): Promise<{ outputs: Outputs<Out>; gradNorm: number }> {
    if (this.#shared) {
      const { outputs, gradNorm } = await this.update([feeds], { lr });
      return { outputs: outputs[0], gradNorm };
    }
    if (this.#host) {
      const outputs = (await (await this.#toHost()).run(feeds)) as Outputs<Out>;
      return { outputs, gradNorm: this.#hostStep(this.#host, lr) };
    }
    const program = await this.#program("step", () =>
      this.#update((slot) => slot.gradient, this.#outputs),
    );
    const { gradNorm, ...outputs } = await program.run({ ...feeds, ...this.#nextStep(lr) });
    this.#state.step += 1;
    return { outputs: outputs as Outputs<Out>, gradNorm: gradNorm.data[0] as number };
  }

  async accumulate(feeds: Feeds, scale = 1): Promise<Outputs<Out>> {
    if (this.#shared)
      throw new AppError("internal", "accumulate: lanes take all passes of an update at once");
    if (this.#accumulated === 0 && scale === 1 && this.#host) {
      this.#accumulated = 1;
      return (await (await this.#toHost()).run(feeds)) as Outputs<Out>;
    }
    const program = await this.#program("accumulate", () => {
      const factor = this.#input("accumulate.scale", []);
      const updates = this.#slots.map(({ name, gradient }): [string, Tensor] => [
        `sum.${name}`,
        add(this.#sum(name), mul(gradient, factor)),
      ]);
      return { outputs: this.#outputs, updates: new Map(updates) };
    });
    if (this.#accumulated === 0) {
      const sums = this.#slots.map(({ name }) => this.#buffers.get(`sum.${name}`)!);
      for (const { data } of sums) data.fill(0);
      forgetOnDevice(sums);
    }
    this.#accumulated += 1;
    return (await program.run({ ...feeds, "accumulate.scale": scalar(scale) })) as Outputs<Out>;
  }

  async apply({ lr }: { lr: number }): Promise<{ gradNorm: number }> {
    if (this.#accumulated === 0)
      throw new AppError("internal", "apply: nothing was accumulated since the last update");
    if (this.#host) {
      this.#accumulated = 0;
      return { gradNorm: this.#hostStep(this.#host, lr) };
    }
    const program = await this.#program("apply", () =>
      this.#update(({ name }) => this.#sum(name), {}),
    );
    const { gradNorm } = await program.run(this.#nextStep(lr));
    this.#state.step += 1;
    this.#accumulated = 0;
    return { gradNorm: gradNorm.data[0] as number };
  }

  async forward(feeds: Feeds): Promise<Outputs<Out>> {
    const program = await this.#program("forward", () => ({ outputs: this.#outputs }));
    return (await program.run(feeds)) as Outputs<Out>;
  }

  async gradients(feeds: Feeds): Promise<{ outputs: Outputs<Out>; gradients: Weights }> {
    const prefix = "gradient:";
    const program = await this.#program("gradients", () => {
      const named = this.#slots.map(({ name, gradient }) => [prefix + name, gradient]);
      return { outputs: { ...this.#outputs, ...Object.fromEntries(named) } };
    });
    const entries = Object.entries(await program.run(feeds));
    const isGradient = ([name]: [string, Value]): boolean => name.startsWith(prefix);
    return {
      outputs: Object.fromEntries(entries.filter((entry) => !isGradient(entry))) as Outputs<Out>,
      gradients: new Map(
        entries
          .filter(isGradient)
          .map(([name, value]) => [name.slice(prefix.length), value as Weight]),
      ),
    };
  }

  state(): OptimizerState {
    const tensors = [...this.#state.tensors].map(
      // files are not written from a memory that threads share
      ([name, { shape, data }]): [string, Weight] => [
        name,
        { shape, data: this.#shared ? data.slice() : data },
      ],
    );
    return { step: this.#state.step, tensors: new Map(tensors) };
  }

  async dispose(): Promise<void> {
    const programs = [...this.#programs.values()];
    this.#programs.clear();
    for (const program of programs) await (await program).dispose();
    this.#host?.release();
    await (await this.#started)?.dispose();
  }

  /** The program that writes gradients to where the optimizer reads them. */
  #toHost(): Promise<Program> {
    return this.#program("gradients to host", () => ({
      outputs: this.#outputs,
      updates: new Map(this.#slots.map(({ name, gradient }) => [`sum.${name}`, gradient])),
    }));
  }

  #recomputed(slots: Slot[]): Slot[] {
    const forward = Object.values<Tensor>(this.#outputs);
    const gradients = recompute(
      forward,
      slots.map(({ gradient }) => gradient),
    );
    return slots.map((slot, i) => ({ ...slot, gradient: gradients[i] }));
  }

  /** The weights that learn. */
  #learning(): Weights {
    return new Map(this.#slots.map(({ name }) => [name, this.spec.weights.get(name)!]));
  }

  #startLanes(shared: SharedAdamW): Promise<Lanes> {
    return Lanes.start({
      count: this.lanes,
      outputs: this.#outputs,
      slots: this.#slots,
      weights: this.spec.weights,
      optimizer: this.#optimizer,
      shared,
    });
  }

  #hostOptimizer(): HostAdamW | null {
    const weights = this.#learning();
    if (this.#shared) return null;
    if ((this.spec.provider ?? defaultProvider) !== "cpu" || !fitsHostAdamW(weights)) return null;
    const host = new HostAdamW(weights, this.#optimizer);
    for (const [name, gradient] of host.gradients) this.#buffers.set(`sum.${name}`, gradient);
    return host;
  }

  #hostStep(host: HostAdamW, lr: number): number {
    host.adopt();
    const gradNorm = host.norm();
    this.#state.step += 1;
    host.step(lr, this.#state.step, gradNorm);
    return gradNorm;
  }

  /** The nodes of one AdamW update from these gradients. */
  #update(
    gradientOf: (slot: { name: string; gradient: Tensor }) => Tensor,
    outputs: Record<string, Tensor>,
  ): { outputs: Record<string, Tensor>; updates: Map<string, Tensor> } {
    return this.#graph.scope("optimizer", () => {
      const slots = this.#slots.map(({ name, weight, ...rest }) => ({
        weight,
        gradient: gradientOf({ name, ...rest }),
        m: this.#input(`m.${name}`, weight.shape as number[]),
        v: this.#input(`v.${name}`, weight.shape as number[]),
      }));
      const gradients = slots.map(({ gradient }) => gradient);
      const gradNorm = globalNorm(gradients);
      // updates go over the weights: they must come after everything that reads them
      const last = after(gradNorm, Object.values(outputs));
      const next = adamW(slots, this.#optimizer, {
        scale: clipScale(last, this.#optimizer.clipNorm),
        lr: this.#input("adam.lr", []),
        correction1: this.#input("adam.correction1", []),
        correction2: this.#input("adam.correction2", []),
      });
      const updates = new Map<string, Tensor>();
      this.#slots.forEach(({ name }, i) => {
        updates.set(name, next[i].weight);
        updates.set(`m.${name}`, next[i].m);
        updates.set(`v.${name}`, next[i].v);
      });
      return { outputs: { ...outputs, gradNorm }, updates };
    });
  }

  #nextStep(lr: number): Feeds {
    const { beta1, beta2 } = this.#optimizer;
    const step = this.#state.step + 1;
    return {
      "adam.lr": scalar(lr),
      "adam.correction1": scalar(1 / (1 - beta1 ** step)),
      "adam.correction2": scalar(Math.sqrt(1 - beta2 ** step)),
    };
  }

  /** A graph input by name, declared once. */
  #input(name: string, shape: readonly number[]): Tensor {
    const known = this.#graph.inputs.find((input) => input.name === name);
    return known ?? this.#graph.input(name, "float32", shape);
  }

  /** The accumulated gradient of a weight. */
  #sum(name: string): Tensor {
    const { shape, data } = this.spec.weights.get(name)!;
    const buffer = `sum.${name}`;
    if (!this.#buffers.has(buffer))
      this.#buffers.set(buffer, { shape, data: new Float32Array(data.length) });
    return this.#input(buffer, shape);
  }

  #program(
    kind: string,
    make: () => { outputs: Record<string, Tensor>; updates?: Map<string, Tensor> },
  ): Promise<Program> {
    const known = this.#programs.get(kind);
    if (known) return known;
    const { outputs, updates } = make();
    const program = Program.compile(outputs, this.#buffers, updates, this.spec);
    this.#programs.set(kind, program);
    return program;
  }

  #restore(saved: OptimizerState | undefined): OptimizerState {
    const tensors: Weights = new Map();
    for (const { name } of this.#slots)
      for (const moment of [`m.${name}`, `v.${name}`]) {
        const { shape, data } = this.spec.weights.get(name)!;
        const old = saved?.tensors.get(moment);
        if (saved && old?.data.length !== data.length)
          throw new AppError(
            "bad-input",
            `the training state does not fit the model: "${moment}" should hold ${data.length} numbers, ` +
              `holds ${old?.data.length ?? "none"}; resume with the model it was saved with`,
          );
        const mine = (this.#shared ?? this.#host)?.moments.get(moment);
        if (mine && old) mine.data.set(old.data);
        const copy = { shape, data: old ? old.data.slice() : new Float32Array(data.length) };
        tensors.set(moment, mine ?? copy);
      }
    return { step: saved?.step ?? 0, tensors };
  }
}
