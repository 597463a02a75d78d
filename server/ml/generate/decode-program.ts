import type { Tensor as OrtTensor } from "onnxruntime-node";
import { liveInputs, writeOnnx } from "../graph/onnx";
import type { Model, Weight, Weights } from "../nn/model";
import { toOrt } from "../runtime/feeds";
import { type FixedSession, type OnDevice, openFixedSession } from "../runtime/fixed-session";
import { tellLackingOps } from "../runtime/lacking";
import { evict, keepsOnDevice } from "../runtime/resident";
import {
  defaultProvider,
  ortOptions,
  type SessionOptions,
  spellingFor,
  writesInPlace,
} from "../runtime/session";
import { decodeGraph } from "./decode-graph";
import { fingerprint } from "./fingerprint";
import type { KeyValueCache } from "./kv-cache";

const CONSTANT_BYTES = 2 ** 30; // larger models are fed their weights: a second copy would weigh too much
const FEWEST_ROWS = 4; // with weights that are fed: fewer take other kernels, whose last digits differ

/** One step of a batch: all of its prompts, or one token a row. */
export interface StepBatch {
  /** [rows · time] ids, and where each stands in its sequence */
  readonly ids: Int32Array;
  readonly positions: Int32Array;
  /** tokens of each row after this step, less one */
  readonly lengths: Int32Array;
  /** which of the rows · time tokens is each row's last */
  readonly last: Int32Array;
  /** divides each row's logits; not 0 */
  readonly temperatures: Float32Array;
}

/** A loaded program, while someone runs it. */
interface Loaded {
  readonly session: FixedSession;
  readonly weights: string; // their fingerprint
  users: number;
}

/**
 * The graph of a decoding step, run again and again over a cache that it writes in place. Weights
 * are constants of the loaded program, which is loaded anew when they have changed: the kernels
 * then find them laid out as they want them, and no run is handed them.
 */
export class DecodeProgram {
  #loaded: Loaded | null = null;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly model: Model,
    private readonly onnx: Uint8Array,
    private readonly names: {
      inputs: ReadonlySet<string>;
      logits: string;
      probs: string;
      caches: readonly { key: string; value: string }[];
    },
    /** those that the program uses */
    private readonly weights: Weights,
    private readonly constant: boolean,
    private readonly marked: boolean,
    /** Weights and caches stay on the device between steps. */
    private readonly resident: boolean,
    private readonly options: SessionOptions,
  ) {}

  static async compile(
    model: Model,
    { constants, ...options }: SessionOptions & { constants?: boolean },
  ): Promise<DecodeProgram> {
    ortOptions(options); // a provider that is not here is told now; the program is loaded when it is used
    const { provider = defaultProvider } = options;
    const bytes = [...model.weights.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
    const constant = constants ?? (provider === "cpu" && bytes <= CONSTANT_BYTES);
    const step = decodeGraph(model, constant);
    const outputs = [step.logits, step.probs, ...step.caches.flatMap((x) => [x.key, x.value])];
    const inputs = new Set(liveInputs(outputs).map(({ name }) => name));
    const weights = new Map([...model.weights].filter(([name]) => inputs.has(name)));
    const resident = await keepsOnDevice(provider);
    const marked = !resident && (await writesInPlace());
    await tellLackingOps(outputs, provider);
    const external = new Set(constant ? weights.keys() : []);
    const spelling = spellingFor(provider);
    const onnx = writeOnnx(outputs, { marker: marked, external, spelling });
    const names = {
      inputs,
      logits: step.logits.name,
      probs: step.probs.name,
      caches: step.caches.map(({ key, value }) => ({ key: key.name, value: value.name })),
    };
    return new DecodeProgram(model, onnx, names, weights, constant, marked, resident, options);
  }

  /** Rows of a batch, those that nobody reads included. */
  rowsFor(sequences: number): number {
    return this.constant ? sequences : Math.max(sequences, FEWEST_ROWS);
  }

  /** What a batch keeps from step to step; weights are as they are now. @param rows at most */
  async open(rows: number) {
    const { vocab } = this.model.config;
    const loaded = await this.#load();
    loaded.users++;
    const bind = (name: string) => toOrt(this.weights.get(name)!, "float32");
    const fed = this.constant ? [] : [...this.weights.keys()];
    return {
      session: loaded.session,
      weights: Object.fromEntries(fed.map((name) => [name, bind(name)])),
      logits: new Float32Array(rows * vocab),
      probs: new Float32Array(rows * vocab),
      close: () => {
        loaded.users--;
        if (loaded.users === 0 && loaded !== this.#loaded) void loaded.session.release();
      },
    };
  }

  /** A step's buffers, to be run many times while rows and slots of the cache stay the same. */
  bind(state: DecodeState, cache: KeyValueCache, time: number) {
    const { rows } = cache;
    const { vocab } = this.model.config;
    const batch: StepBatch = {
      ids: new Int32Array(rows * time),
      positions: new Int32Array(rows * time),
      lengths: new Int32Array(rows),
      last: new Int32Array(rows),
      temperatures: new Float32Array(rows),
    };
    const total = new Int32Array(1);
    const all: Record<string, OrtTensor> = {
      ...state.weights,
      ids: toOrt({ data: batch.ids, shape: [rows, time] }, "int32"),
      positions: toOrt({ data: batch.positions, shape: [rows, time] }, "int32"),
      lengths: toOrt({ data: batch.lengths, shape: [rows] }, "int32"),
      last: toOrt({ data: batch.last, shape: [rows] }, "int32"),
      temperatures: toOrt({ data: batch.temperatures, shape: [rows, 1] }, "float32"),
      total: toOrt({ data: total, shape: [] }, "int32"),
    };
    const logits = state.logits.subarray(0, rows * vocab);
    const probs = state.probs.subarray(0, rows * vocab);
    const fetches: Record<string, OrtTensor> = {
      [this.names.logits]: toOrt({ data: logits, shape: [rows, vocab] }, "float32"),
      [this.names.probs]: toOrt({ data: probs, shape: [rows, vocab] }, "float32"),
    };
    const layers = cache.layers();
    for (const [layer, { key, value }] of layers.entries()) {
      const names = this.names.caches[layer];
      all[`key.${layer}`] = fetches[names.key] = toOrt(key, "float32");
      all[`value.${layer}`] = fetches[names.value] = toOrt(value, "float32");
    }
    const used = Object.entries(all).filter(([name]) => this.names.inputs.has(name));
    const device = this.resident && this.#onDevice(layers);
    const run = state.session.bind(Object.fromEntries(used), fetches, device || undefined);
    return {
      time,
      batch,
      /** [rows, vocab], divided by the rows' temperatures; overwritten by each run */
      logits,
      /** their softmax, likewise */
      probs,
      run: () => {
        let most = 0;
        for (let row = 0; row < rows; row++) most = Math.max(most, batch.lengths[row]);
        total[0] = time > 1 ? time : most + 1;
        return run();
      },
      /** Brings the cache's arrays up to date; to be called before its rows are moved or widened. */
      settle: () => evict(layers.flatMap(({ key, value }) => [key, value])),
    };
  }

  /** What is on the device before a step, and what takes its place after it. */
  #onDevice(layers: ReturnType<KeyValueCache["layers"]>): OnDevice {
    const before = new Map(this.weights);
    const after = new Map<string, Weight>();
    for (const [layer, { key, value }] of layers.entries()) {
      before.set(`key.${layer}`, key).set(`value.${layer}`, value);
      const names = this.names.caches[layer];
      after.set(names.key, key).set(names.value, value);
    }
    return { before, after };
  }

  async dispose(): Promise<void> {
    await evict(this.model.weights.values());
    await this.#last;
    await this.#retire();
  }

  /** One after another: who comes meanwhile finds what the first has loaded. */
  #load(): Promise<Loaded> {
    const loading = this.#last.then(() => this.#loadNow());
    this.#last = loading.catch(() => null);
    return loading;
  }

  async #loadNow(): Promise<Loaded> {
    const data = [...this.weights.values()].map((weight) => weight.data);
    const weights = this.constant ? fingerprint(data) : "";
    if (this.#loaded?.weights === weights) return this.#loaded;
    await this.#retire();
    const session = await openFixedSession(this.onnx, {
      ...this.options,
      marked: this.marked,
      ...(this.constant && { constants: this.weights }),
      ...(this.resident && {
        left: this.names.caches.flatMap(({ key, value }) => [key, value]),
      }),
    });
    this.#loaded = { session, weights, users: 0 };
    return this.#loaded;
  }

  /** Whoever still runs the program releases it in the end. */
  async #retire(): Promise<void> {
    const old = this.#loaded;
    this.#loaded = null;
    if (old?.users === 0) await old.session.release();
  }
}

type DecodeState = Awaited<ReturnType<DecodeProgram["open"]>>;
export type BoundStep = ReturnType<DecodeProgram["bind"]>;
