import type { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { liveInputs, writeOnnx } from "../graph/onnx";
import { div } from "../graph/ops/elementwise";
import { gatherRows } from "../graph/ops/gather";
import { unsqueeze } from "../graph/ops/shape";
import { softmax } from "../graph/ops/softmax";
import { Parameters } from "../graph/parameters";
import { Graph, type Tensor } from "../graph/tensor";
import { cacheHeadDim } from "../nn/attention";
import { cachedDecoder, logits } from "../nn/decoder";
import type { Model, Weight } from "../nn/model";
import { declareInputs, float32, int32, toOrt } from "../runtime/feeds";
import { tellLackingOps } from "../runtime/lacking";
import { evict, keepsOnDevice, onDevice, replaceOnDevice } from "../runtime/resident";
import {
  createSession,
  defaultProvider,
  runInto,
  type SessionOptions,
  wantsPlainProducts,
  writesInPlace,
} from "../runtime/session";
import type { KeyValueCache } from "./kv-cache";

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

/** The graph of a decoding step, run again and again over a cache that it writes in place. */
export class DecodeProgram {
  private constructor(
    private readonly model: Model,
    private readonly session: InferenceSession,
    private readonly outputs: { logits: string; probs: string },
    private readonly caches: readonly { key: string; value: string }[],
    private readonly weights: readonly string[],
    private readonly inPlace: boolean,
    /** Weights and caches stay on the device between steps. */
    private readonly resident: boolean,
  ) {}

  static async compile(model: Model, options: SessionOptions): Promise<DecodeProgram> {
    const { config } = model;
    const graph = new Graph();
    const params = new Parameters(graph, model.weights);
    const { last, temperatures, ...x } = declareInputs(graph, {
      ids: int32("batch", "time"),
      positions: int32("batch", "time"),
      lengths: int32("batch"),
      total: int32(),
      last: int32("batch"),
      temperatures: float32("batch"),
    });
    const slots = float32("batch", config.kvHeads, "slots", cacheHeadDim(config));
    const caches = Array.from({ length: config.layers }, (_, layer) => {
      const names = { [`key.${layer}`]: slots, [`value.${layer}`]: slots };
      const declared = declareInputs(graph, names);
      return { key: declared[`key.${layer}`], value: declared[`value.${layer}`] };
    });
    const step = cachedDecoder(config, params, { ...x, caches });
    const scores = logits(config, params, gatherRows(step.hidden, last)); // (B, V)
    const probs = softmax(div(scores, unsqueeze(temperatures, 1)));
    const present = step.caches.map(({ key, value }) => ({ key: key.name, value: value.name }));
    const outputs: Tensor[] = [scores, probs];
    for (const { key, value } of step.caches) outputs.push(key, value);
    const { provider = defaultProvider } = options;
    const resident = await keepsOnDevice(provider);
    const inPlace = !resident && (await writesInPlace());
    await tellLackingOps(outputs, provider);
    const places = outputs.map((x, i) => [x.name, i < 2 ? "cpu" : "gpu-buffer"] as const);
    const session = await createSession(
      writeOnnx(outputs, { marker: inPlace, plainProducts: wantsPlainProducts(provider) }),
      {
        ...options,
        ...(resident && { outputLocations: Object.fromEntries(places) }),
      },
    );
    const used = new Set(liveInputs(outputs).map(({ name }) => name));
    const weights = [...params.used().keys()].filter((name) => used.has(name));
    const names = { logits: scores.name, probs: probs.name };
    return new DecodeProgram(model, session, names, present, weights, inPlace, resident);
  }

  /** What a batch keeps from step to step. @param rows at most */
  open(rows: number) {
    const { vocab } = this.model.config;
    const bind = (name: string) => toOrt(this.model.weights.get(name)!, "float32");
    return {
      /** as they are now, without copies */
      weights: Object.fromEntries(this.weights.map((name) => [name, bind(name)])),
      logits: new Float32Array(rows * vocab),
      probs: new Float32Array(rows * vocab),
    };
  }

  /** A step's buffers, to be run many times while rows and slots of the cache stay the same. */
  bind({ weights, ...results }: DecodeState, cache: KeyValueCache, time: number) {
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
    const feeds: Record<string, OrtTensor> = {
      ...weights,
      ids: toOrt({ data: batch.ids, shape: [rows, time] }, "int32"),
      positions: toOrt({ data: batch.positions, shape: [rows, time] }, "int32"),
      lengths: toOrt({ data: batch.lengths, shape: [rows] }, "int32"),
      last: toOrt({ data: batch.last, shape: [rows] }, "int32"),
      temperatures: toOrt({ data: batch.temperatures, shape: [rows] }, "float32"),
      total: toOrt({ data: total, shape: [] }, "int32"),
    };
    const logits = results.logits.subarray(0, rows * vocab);
    const probs = results.probs.subarray(0, rows * vocab);
    const fetches: Record<string, OrtTensor> = {
      [this.outputs.logits]: toOrt({ data: logits, shape: [rows, vocab] }, "float32"),
      [this.outputs.probs]: toOrt({ data: probs, shape: [rows, vocab] }, "float32"),
    };
    const layers = cache.layers();
    for (const [layer, { key, value }] of layers.entries()) {
      const [keys, values] = [toOrt(key, "float32"), toOrt(value, "float32")];
      feeds[`key.${layer}`] = fetches[this.caches[layer].key] = keys;
      feeds[`value.${layer}`] = fetches[this.caches[layer].value] = values;
    }
    return {
      batch,
      /** [rows, vocab], overwritten by each run */
      logits,
      /** softmax(logits / temperature), likewise */
      probs,
      run: async () => {
        total[0] = batch.lengths.reduce((most, length) => Math.max(most, length), 0) + 1;
        if (this.resident) await this.#runOnDevice(feeds, { layers, logits, probs });
        else await runInto(this.session, feeds, fetches, this.inPlace);
      },
      /** Brings the cache's arrays up to date; to be called before its rows are moved or widened. */
      settle: () => evict(layers.flatMap(({ key, value }) => [key, value])),
    };
  }

  /** Only ids go to the device, only logits and probabilities come back. */
  async #runOnDevice(
    feeds: Record<string, OrtTensor>,
    { layers, logits, probs }: StepResults,
  ): Promise<void> {
    const kept: Record<string, OrtTensor> = {};
    for (const name of this.weights) kept[name] = await onDevice(this.model.weights.get(name)!);
    for (const [layer, { key, value }] of layers.entries()) {
      kept[`key.${layer}`] = await onDevice(key);
      kept[`value.${layer}`] = await onDevice(value);
    }
    const made = await this.session.run({ ...feeds, ...kept });
    logits.set(made[this.outputs.logits].data as Float32Array);
    probs.set(made[this.outputs.probs].data as Float32Array);
    for (const [layer, { key, value }] of layers.entries()) {
      replaceOnDevice(key, made[this.caches[layer].key]);
      replaceOnDevice(value, made[this.caches[layer].value]);
    }
  }

  async dispose(): Promise<void> {
    await evict(this.model.weights.values());
    await this.session.release();
  }
}

interface StepResults {
  readonly layers: readonly { key: Weight; value: Weight }[];
  readonly logits: Float32Array;
  readonly probs: Float32Array;
}

type DecodeState = ReturnType<DecodeProgram["open"]>;
export type BoundStep = ReturnType<DecodeProgram["bind"]>;
