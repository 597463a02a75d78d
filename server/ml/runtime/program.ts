import type * as ort from "onnxruntime-node";

import type { Weight } from "../graph/parameters";
import { liveInputs, writeOnnx } from "../graph/onnx";
import type { Tensor } from "../graph/tensor";
import { type Feeds, type Value, allocate, bindFeed, concreteShape, toOrt } from "./feeds";
import { tellLackingOps } from "./lacking";
import { evict, keepsOnDevice, onDevice, replaceOnDevice } from "./resident";
import {
  type SessionOptions,
  createSession,
  defaultProvider,
  failure,
  runInto,
  spellingFor,
  writesInPlace,
} from "./session";

/** Values that live outside and are read, and perhaps written, by each run: weights, moments, caches. */
export type Buffers = ReadonlyMap<string, Weight>;

/** A graph made runnable: some of its inputs are fed each time, the others are buffers. */
export class Program<Out extends string = string> {
  #ortBuffers = new Map<string, ort.Tensor>();

  private constructor(
    private readonly session: ort.InferenceSession,
    private readonly inputs: readonly Tensor[],
    private readonly outputs: Record<Out, Tensor>,
    private readonly updates: ReadonlyMap<string, Tensor>,
    private readonly buffers: Buffers,
    private readonly inPlace: boolean,
    /** Buffers stay on the device between runs: read them after `download` (resident.ts). */
    private readonly resident: boolean,
  ) {}

  /**
   * @param outputs values to hand back, by name
   * @param updates new values of buffers: written over them when the run ends
   */
  static async compile<Out extends string>(
    outputs: Record<Out, Tensor>,
    buffers: Buffers = new Map(),
    updates: ReadonlyMap<string, Tensor> = new Map(),
    options: SessionOptions = {},
  ): Promise<Program<Out>> {
    const { provider = defaultProvider } = options;
    const resident = await keepsOnDevice(provider);
    const inPlace = !resident && (await writesInPlace());
    const updated = new Set(updates.values());
    const named = Object.fromEntries(
      Object.entries<Tensor>(outputs).map(([name, x]) => [
        name,
        resident && updated.has(x) ? copyOf(x) : fetchable(x),
      ]),
    ) as Record<Out, Tensor>;
    const written = new Map([...updates].map(([name, x]) => [name, fetchable(x)]));
    const all = [...new Set([...Object.values<Tensor>(named), ...written.values()])];
    await tellLackingOps(all, provider);
    const inputs = liveInputs(all);
    const read = new Set(inputs.map(({ name }) => name));
    const last = [...written].flatMap(([name, x]) => (read.has(name) ? [x] : []));
    const places = all.map((x) => [x.name, updated.has(x) ? "gpu-buffer" : "cpu"] as const);
    const session = await createSession(
      writeOnnx(all, {
        marker: inPlace,
        spelling: spellingFor(provider),
        last,
      }),
      { ...options, ...(resident && { outputLocations: Object.fromEntries(places) }) },
    );
    return new Program(session, inputs, named, written, buffers, inPlace, resident);
  }

  /** @returns the outputs, freshly allocated; buffers are updated in place, or on the device */
  async run(feeds: Feeds): Promise<Record<Out, Value>> {
    const sizes = new Map<string, number>();
    const tensors: Record<string, ort.Tensor> = {};
    for (const input of this.inputs) {
      const weight = this.resident && this.buffers.get(input.name);
      const buffer = weight ? await onDevice(weight) : this.#hostBuffer(input.name);
      if (!buffer) bindFeed(input, feeds[input.name], sizes);
      tensors[input.name] = buffer ?? toOrt(feeds[input.name], input.dtype);
    }
    if (this.resident) return await this.#runOnDevice(tensors);
    const fetches: Record<string, ort.Tensor> = {};
    for (const x of Object.values<Tensor>(this.outputs))
      fetches[x.name] = allocate(x.dtype, concreteShape(x.shape, sizes));
    const copies: [Weight, string][] = [];
    for (const [name, x] of this.updates) {
      if (fetches[x.name]) copies.push([this.buffers.get(name)!, x.name]);
      else fetches[x.name] = this.#hostBuffer(name)!;
    }
    await runInto(this.session, tensors, fetches, this.inPlace);
    for (const [to, from] of copies) to.data.set(fetches[from].data as Float32Array);
    const results = Object.entries<Tensor>(this.outputs).map(([name, x]) => {
      const { data, dims } = fetches[x.name];
      return [name, { data, shape: dims }];
    });
    return Object.fromEntries(results) as Record<Out, Value>;
  }

  async dispose(): Promise<void> {
    this.#ortBuffers.clear();
    await evict(this.buffers.values());
    await this.session.release();
  }

  async #runOnDevice(feeds: Record<string, ort.Tensor>): Promise<Record<Out, Value>> {
    const made = await this.session.run(feeds).catch((error: unknown) => {
      throw failure(error);
    });
    for (const [name, x] of this.updates) replaceOnDevice(this.buffers.get(name)!, made[x.name]);
    const results = Object.entries<Tensor>(this.outputs).map(([name, x]) => {
      const { data, dims } = made[x.name];
      return [name, { data, shape: dims }];
    });
    return Object.fromEntries(results) as Record<Out, Value>;
  }

  #hostBuffer(name: string): ort.Tensor | undefined {
    const weight = this.buffers.get(name);
    if (!weight) return undefined;
    const known = this.#ortBuffers.get(name);
    if (known?.data === weight.data) return known; // else a trainer has moved it
    const tensor = toOrt(weight, "float32");
    this.#ortBuffers.set(name, tensor);
    return tensor;
  }
}

/** An output must be made by a node of the program, not be one of its inputs or constants. */
function fetchable(x: Tensor): Tensor {
  return x.node ? x : copyOf(x);
}

/** The same numbers under another name. */
export function copyOf(x: Tensor): Tensor {
  return x.graph.emit("Identity", [x], {}, { dtype: x.dtype, shape: x.shape })[0];
}
