import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { AppError, type ErrorCode } from "../../domain/app-error";
import { liveInputs, writeOnnx } from "../graph/onnx";
import type { AdamWOptions } from "../graph/optimizer";
import { addWholeRows } from "../graph/passes/add-whole-rows";
import type { Weights } from "../graph/parameters";
import type { Tensor } from "../graph/tensor";
import { adamWModule } from "./adamw-kernel";
import { type Feeds, type Value, bindFeed, concreteShape } from "./feeds";
import { Lane, type LaneOutputs, type LanePass, type LanePlan, type LaneUpdate } from "./lane";
import { Meeting } from "./meeting";
import { copyOf } from "./program";
import {
  type SessionOptions,
  defaultProvider,
  ortOptions,
  spellingFor,
  writesInPlace,
} from "./session";
import type { SharedAdamW } from "./shared-adamw";

/** What is answered. */
type LaneQuestion = { kind: "open" } | { kind: "run"; passes: LanePass[] };
/** What is done without an answer: the lanes meet while they update. */
type LaneOrder = { kind: "refresh" } | ({ kind: "update" } & LaneUpdate);

export type LaneRequest = LaneQuestion | LaneOrder;

export type LaneReply = { done: LaneOutputs[] | null } | { code: ErrorCode; message: string };

/** With fewer numbers that learn a thread takes longer to start than it saves; copies of more cost what they save. */
const worthwhile = { learning: 2 ** 19, all: 2 ** 25 };
const mostLanes = 8;

interface LanesWish extends SessionOptions {
  lanes?: "auto" | number;
  /** All of the model's. */
  weights: Weights;
}

/** How many lanes a training gets. @param learning those of its weights that learn */
export function lanesFor(spec: LanesWish, learning: Weights): number {
  const { lanes = 1, provider = defaultProvider, threads = availableParallelism() } = spec;
  if (provider !== "cpu") return 1;
  if (lanes !== "auto") return lanes;
  const count = (some: Weights) => [...some.values()].reduce((n, { data }) => n + data.length, 0);
  return lanesThatPay(count(learning), count(spec.weights), threads);
}

/** @param learning numbers that learn @param all numbers of the model */
function lanesThatPay(learning: number, all: number, threads: number): number {
  const pays = learning >= worthwhile.learning && all <= worthwhile.all;
  return pays ? Math.min(threads, mostLanes) : 1;
}

/** A thread that has loaded the runtime. */
const threadBytes = 60e6;

/** What lanes take beyond what one trainer does: copies of weights and gradients, and threads. @returns bytes */
export function laneBytes(learning: number, all: number): number {
  const lanes = lanesThatPay(learning, all, availableParallelism());
  if (lanes === 1) return 0;
  // shared: weights, two moments and a gradient a lane; of each its own: weights and a gradient
  const own = 4 * (all + learning);
  return 4 * (lanes - 1) * learning + lanes * own + (lanes - 1) * threadBytes;
}

export interface LanesSetup {
  count: number;
  outputs: Readonly<Record<string, Tensor>>;
  slots: readonly { name: string; gradient: Tensor }[];
  /** All of the model's; those of the slots move to the first lane's memory. */
  weights: Weights;
  optimizer: AdamWOptions;
  shared: SharedAdamW;
}

/** Copies of one model that learn side by side from the passes of one update (decision 0006). */
export class Lanes {
  #failed: AppError | null = null;

  private constructor(
    private readonly setup: LanesSetup,
    private readonly inputs: readonly Tensor[],
    private readonly first: Lane,
    private readonly others: readonly LaneThread[],
  ) {}

  static async start(setup: LanesSetup): Promise<Lanes> {
    const { weights, shared, count } = setup;
    const { outputs, slots } = forOneThread(setup);
    const all = [...Object.values<Tensor>(outputs), ...slots.map(({ gradient }) => gradient)];
    const marked = await writesInPlace();
    const learns = new Set(slots.map(({ name }) => name));
    const live = liveInputs(all);
    const constants: Weights = new Map();
    for (const { name } of live)
      if (weights.has(name) && !learns.has(name)) constants.set(name, weights.get(name)!);
    for (const name of learns) shared.write(name, weights.get(name)!.data);
    const shares = shared.shares(count);
    const meeting = new SharedArrayBuffer(Meeting.bytes + Float64Array.BYTES_PER_ELEMENT * count);
    const plan = (index: number): LanePlan => ({
      model: writeOnnx(all, { marker: marked, spelling: spellingFor("cpu") }),
      settings: ortOptions({ provider: "cpu", threads: 1 }),
      marked,
      trained: slots.map(({ name, gradient }) => ({
        name,
        shape: weights.get(name)!.shape,
        gradient: gradient.name,
        at: shared.places.get(name)!,
      })),
      constants,
      memory: shared.memory,
      meeting,
      lanes: count,
      optimizer: setup.optimizer,
      kernel: adamWModule(true),
      size: shared.size,
      index,
      share: shares[index],
    });
    const others = Array.from({ length: count - 1 }, (_, i) => new LaneThread(plan(i + 1)));
    const first = await Lane.open(plan(0));
    await Promise.all(others.map((other) => other.ask({ kind: "open" })));
    const inputs = live.filter(({ name }) => !weights.has(name));
    return new Lanes({ ...setup, outputs, slots }, inputs, first, others);
  }

  /**
   * One update from the sum of the passes' gradients; pass i is run by lane i modulo their number.
   * @returns the outputs of each pass, and the gradients' norm before clipping
   */
  async update(
    passes: readonly Feeds[],
    at: { lr: number; step: number },
  ): Promise<{ outputs: Record<string, Value>[]; gradNorm: number }> {
    if (this.#failed) throw this.#failed;
    this.#adopt();
    const { count } = this.setup;
    const bound = passes.map((feeds) => this.#bind(feeds));
    const lanes = Math.min(count, passes.length);
    const dealt = Array.from({ length: lanes }, (_, lane) =>
      bound.filter((_pass, i) => i % count === lane),
    );
    const made = await this.#runAll(dealt);
    const gradNorm = this.#updateAll({ ...at, lanes });
    const of = (pass: number): LaneOutputs => made[pass % count][Math.floor(pass / count)];
    const outputs = passes.map((_, pass) =>
      Object.fromEntries(
        Object.entries(this.setup.outputs).map(([name, x]) => [name, of(pass)[x.name]]),
      ),
    );
    return { outputs, gradNorm };
  }

  async dispose(): Promise<void> {
    for (const { name } of this.setup.slots) {
      const weight = this.setup.weights.get(name)!;
      if (weight.data === this.first.weights.get(name)!.data) weight.data = weight.data.slice();
    }
    await Promise.all(this.others.map((other) => other.stop()));
    await this.first.dispose();
  }

  /** The weights live in the first lane's memory; where another trainer has had them since, they come back. */
  #adopt(): void {
    let moved = false;
    for (const { name } of this.setup.slots) {
      const weight = this.setup.weights.get(name)!;
      const own = this.first.weights.get(name)!;
      if (weight.data === own.data) continue;
      this.setup.shared.write(name, weight.data);
      own.data.set(weight.data);
      weight.data = own.data;
      moved = true;
    }
    if (moved) for (const other of this.others) other.tell({ kind: "refresh" });
  }

  #bind(feeds: Feeds): LanePass {
    const sizes = new Map<string, number>();
    for (const input of this.inputs) bindFeed(input, feeds[input.name], sizes);
    return {
      feeds: Object.fromEntries(
        this.inputs.map(({ name, dtype }) => [name, { ...feeds[name], dtype }]),
      ),
      outputs: Object.values<Tensor>(this.setup.outputs).map(({ name, dtype, shape }) => ({
        name,
        dtype,
        shape: concreteShape(shape, sizes),
      })),
    };
  }

  /** The threads run their passes, and the first lane its own meanwhile; waits until all are done, also where one fails. */
  async #runAll(dealt: readonly LanePass[][]): Promise<LaneOutputs[][]> {
    const asked = dealt
      .slice(1)
      .map((passes, i) => this.others[i].ask({ kind: "run", passes }) as Promise<LaneOutputs[]>);
    const mine = Promise.resolve().then(() => this.first.run(dealt[0]));
    const settled = await Promise.allSettled([mine, ...asked]);
    const bad = settled.find((one) => one.status === "rejected");
    if (bad) {
      if (this.others.some(({ stopped }) => stopped)) this.#failed = bad.reason as AppError;
      throw bad.reason;
    }
    return settled.map((one) => (one as PromiseFulfilledResult<LaneOutputs[]>).value);
  }

  /** @returns the gradients' norm before clipping */
  #updateAll(how: LaneUpdate): number {
    for (const other of this.others) other.tell({ kind: "update", ...how });
    try {
      return this.first.update(how);
    } catch (error) {
      this.#failed = error as AppError;
      throw error;
    }
  }
}

/** The same as one thread computes them best, each value made by a node of its own, as it must be to be fetched. */
function forOneThread(setup: LanesSetup): Pick<LanesSetup, "outputs" | "slots"> {
  const names = Object.keys(setup.outputs);
  const made = addWholeRows([
    ...Object.values<Tensor>(setup.outputs),
    ...setup.slots.map(({ gradient }) => gradient),
  ]);
  const taken = new Set<Tensor>();
  const own = (x: Tensor): Tensor => {
    const mine = x.node && !taken.has(x) ? x : copyOf(x);
    taken.add(mine);
    return mine;
  };
  return {
    outputs: Object.fromEntries(names.map((name, i) => [name, own(made[i])])),
    slots: setup.slots.map((slot, i) => ({ ...slot, gradient: own(made[names.length + i]) })),
  };
}

/** A lane on another thread, which does what it is told in that order; asked one thing at a time. */
class LaneThread {
  readonly #worker: Worker;
  #waiting: { resolve(value: unknown): void; reject(error: AppError): void } | null = null;
  stopped = false;

  constructor(plan: LanePlan) {
    this.#worker = new Worker(new URL("./lane-thread.mjs", import.meta.url), {
      workerData: plan,
    });
    this.#worker.unref();
    this.#worker.on("message", (reply: LaneReply) => {
      const waiting = this.#take();
      if ("done" in reply) waiting?.resolve(reply.done);
      else waiting?.reject(new AppError(reply.code, reply.message));
    });
    const end = (why: string): void => {
      this.stopped = true;
      this.#take()?.reject(
        new AppError("internal", `a training thread stopped (${why}); resume from the checkpoint`),
      );
    };
    this.#worker.on("error", ({ message }) => end(message));
    this.#worker.on("exit", (code) => end(`exit code ${code}`));
  }

  /** Has it do something that it does not answer. */
  tell(order: LaneOrder): void {
    this.#post(order);
  }

  ask(request: LaneQuestion): Promise<unknown> {
    if (this.stopped) return Promise.reject(new AppError("internal", "a training thread stopped"));
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#worker.ref(); // nothing else may keep the process alive meanwhile
      this.#post(request);
    });
  }

  #post(request: LaneRequest): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(request);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #take() {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#worker.unref();
    return waiting;
  }
}
