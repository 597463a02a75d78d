import type * as ort from "onnxruntime-node";
import type { Weight } from "../graph/parameters";
import type { DType } from "../graph/tensor";
import type { AdamWOptions } from "../graph/optimizer";
import { adamWKernel, adamWNumbers } from "./adamw-kernel";
import { type Value, allocate, toOrt } from "./feeds";
import { Meeting } from "./meeting";
import { createSession, runInto } from "./session";
import type { Piece } from "./shared-adamw";

/** What a lane is made from; it can be sent to a thread. */
export interface LanePlan {
  /** The program that writes the loss, its companions and all gradients. */
  model: Uint8Array;
  settings: ort.InferenceSession.SessionOptions;
  /** The program was written with the marker (session.ts). */
  marked: boolean;
  /** @param gradient the program's output @param at bytes from the beginning of a region */
  trained: readonly { name: string; shape: readonly number[]; gradient: string; at: number }[];
  /** Weights that do not learn, by name. */
  constants: ReadonlyMap<string, Weight>;
  memory: WebAssembly.Memory;
  /** Where the lanes meet, and then Σg² of each one's share. */
  meeting: SharedArrayBuffer;
  lanes: number;
  optimizer: AdamWOptions;
  kernel: WebAssembly.Module;
  /** Bytes of one region of the memory: w, m, v, and the gradients of each lane. */
  size: number;
  index: number;
  /** What this lane updates. */
  share: readonly Piece[];
}

/** One forward and backward pass: what is fed, and the shapes of what comes back. */
export interface LanePass {
  feeds: Record<string, Value & { dtype: DType }>;
  outputs: readonly { name: string; dtype: DType; shape: readonly number[] }[];
}

/** @param lanes that ran passes, from the first @param step counts from 1 */
export interface LaneUpdate {
  lanes: number;
  lr: number;
  step: number;
}

export type LaneOutputs = Record<string, Value>;

/**
 * One of several copies of a model that learn side by side, each on a thread of its own from its part of a batch.
 * The runtime takes no shared memory: weights and gradients are copied from and to it.
 */
export class Lane {
  /** The weights that learn, in this lane's own memory. */
  readonly weights = new Map<string, Weight>();
  readonly #ownWeights: Float32Array;
  readonly #ownGradients: Float32Array;
  readonly #fetches: Record<string, ort.Tensor> = {};
  readonly #kernel: ReturnType<typeof adamWKernel>;
  readonly #meeting: Meeting;
  readonly #squares: Float64Array;

  private constructor(
    private readonly plan: LanePlan,
    private readonly session: ort.InferenceSession,
  ) {
    this.#ownWeights = new Float32Array(plan.size / 4);
    this.#ownGradients = new Float32Array(plan.size / 4);
    this.#kernel = adamWKernel(plan.memory, plan.kernel);
    this.#meeting = new Meeting(plan.meeting, plan.lanes);
    this.#squares = new Float64Array(plan.meeting, Meeting.bytes, plan.lanes);
    for (const { name, shape, gradient, at } of plan.trained) {
      const length = shape.reduce((a, b) => a * b, 1);
      const view = ({ buffer }: Float32Array) => new Float32Array(buffer, at, length);
      this.weights.set(name, { shape, data: view(this.#ownWeights) });
      this.#fetches[gradient] = toOrt({ data: view(this.#ownGradients), shape }, "float32");
    }
    this.refresh();
  }

  static async open(plan: LanePlan): Promise<Lane> {
    return new Lane(plan, await createSession(plan.model, {}, plan.settings));
  }

  /** Takes the weights as the last update left them. */
  refresh(): void {
    this.#ownWeights.set(this.#region(0));
  }

  /** Runs passes; the sum of their gradients goes to this lane's region. */
  async run(passes: readonly LanePass[]): Promise<LaneOutputs[]> {
    const weights: Record<string, ort.Tensor> = {};
    for (const [name, weight] of [...this.plan.constants, ...this.weights])
      weights[name] = toOrt(weight, "float32");
    const sums = this.#region(3 + this.plan.index);
    const results: LaneOutputs[] = [];
    for (const [i, { feeds, outputs }] of passes.entries()) {
      const fed = { ...weights };
      for (const [name, value] of Object.entries(feeds)) fed[name] = toOrt(value, value.dtype);
      const made: Record<string, ort.Tensor> = {};
      for (const { name, dtype, shape } of outputs) made[name] = allocate(dtype, shape);
      await runInto(this.session, fed, { ...made, ...this.#fetches }, this.plan.marked);
      if (i === 0) sums.set(this.#ownGradients);
      else this.#ownGradients.forEach((x, at) => (sums[at] += x));
      const values = Object.entries(made).map(([name, { data, dims }]) => [
        name,
        { data, shape: dims },
      ]);
      results.push(Object.fromEntries(values) as LaneOutputs);
    }
    return results;
  }

  /**
   * One update from what the lanes ran, in step with all of them. @param lanes that ran, from the first
   * @returns the gradients' norm before clipping
   */
  update({ lanes, lr, step }: LaneUpdate): number {
    const { index, optimizer } = this.plan;
    this.#squares[index] = this.#sum(lanes);
    this.#meeting.wait();
    const norm = Math.sqrt(this.#squares.reduce((sum, one) => sum + one, 0));
    this.#step(adamWNumbers(optimizer, { lr, step, norm }));
    this.#meeting.wait();
    this.refresh();
    return norm;
  }

  /** Adds up the gradients of this lane's share. @returns Σg² */
  #sum(lanes: number): number {
    const { size, share } = this.plan;
    let squares = 0;
    for (const { from, end } of share) {
      const total = 3 * size;
      for (let lane = 1; lane < lanes; lane++)
        this.#kernel.addInto(total + from, total + lane * size + from, total + end);
      squares += this.#kernel.sumSquares(total + from, total + end);
    }
    return squares;
  }

  /** Updates this lane's share of the weights in the shared memory. */
  #step({ plain, decayed }: ReturnType<typeof adamWNumbers>): void {
    const { size } = this.plan;
    for (const { from, end, decays } of this.plan.share)
      this.#kernel.adamW(
        { w: from, m: size + from, v: 2 * size + from, g: 3 * size + from, end },
        decays ? decayed : plain,
      );
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }

  #region(index: number): Float32Array {
    const { memory, size } = this.plan;
    return new Float32Array(memory.buffer, index * size, size / 4);
  }
}
