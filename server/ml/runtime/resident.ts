import * as ort from "onnxruntime-node";

import { writeOnnx } from "../graph/onnx";
import type { Weight } from "../graph/parameters";
import { Graph } from "../graph/tensor";
import { createSession } from "./session";

/** A weight's copy on the device. */
interface Resident {
  tensor: ort.Tensor;
  /** A run has changed it since the host's array was last equal. */
  newer: boolean;
}

/** Programs that share a weight share its copy; it goes when the weight does. */
const residents = new WeakMap<Weight, Resident>();

/** Copies flat vectors to the device, and back. */
interface Mover {
  up(data: Float32Array): Promise<ort.Tensor>;
  down(x: ort.Tensor): Promise<Float32Array>;
}

let mover: Promise<Mover | null> | undefined;

/**
 * Whether results of runs can be left on the provider's device and fed to the next. The binding hands
 * out WebGPU's buffers alone: values of the others cross over at each run (decisions/0005).
 */
export async function keepsOnDevice(provider: string | undefined): Promise<boolean> {
  return provider === "webgpu" && (await theMover()) !== null;
}

function theMover(): Promise<Mover | null> {
  mover ??= makeMover().catch(() => null);
  return mover;
}

/** Two programs of nothing but a copy, tried once. */
async function makeMover(): Promise<Mover | null> {
  const x = new Graph().input("x", "float32", ["n"]);
  const [y] = x.graph.emit("Identity", [x], {}, { dtype: "float32", shape: x.shape });
  const to = (place: "cpu" | "gpu-buffer") =>
    createSession(writeOnnx([y]), { provider: "webgpu", outputLocations: { [y.name]: place } });
  const [upward, downward] = [await to("gpu-buffer"), await to("cpu")];
  const made: Mover = {
    up: async (data) =>
      (await upward.run({ x: new ort.Tensor("float32", data, [data.length]) }))[y.name],
    down: async (tensor) =>
      (await downward.run({ x: view(tensor, [tensor.size]) }))[y.name].data as Float32Array,
  };
  const there = await made.up(Float32Array.of(3, 4));
  const [a, b] = there.location === "gpu-buffer" ? await made.down(there) : [];
  return a === 3 && b === 4 ? made : null;
}

/** The same buffer under another shape; disposing of either frees it. */
function view(x: ort.Tensor, dims: readonly number[]): ort.Tensor {
  return ort.Tensor.fromGpuBuffer(x.gpuBuffer, {
    dataType: "float32",
    dims: [...dims],
    dispose: () => x.dispose(),
  });
}

/** The weight's copy on the device, made where there is none. */
export async function onDevice(weight: Weight): Promise<ort.Tensor> {
  const known = residents.get(weight);
  if (known) return known.tensor;
  const tensor = view(await (await theMover())!.up(weight.data), weight.shape);
  residents.set(weight, { tensor, newer: false });
  return tensor;
}

/** What a run made of the weight takes its place; the host's array is behind until `download`. */
export function replaceOnDevice(weight: Weight, tensor: ort.Tensor): void {
  residents.get(weight)?.tensor.dispose();
  residents.set(weight, { tensor, newer: true });
}

/** Brings the arrays up to what runs on a device have made of them. To be called before they are read. */
export async function download(weights: Iterable<Weight>): Promise<void> {
  for (const weight of weights) {
    const resident = residents.get(weight);
    if (!resident?.newer) continue;
    weight.data.set(await (await theMover())!.down(resident.tensor));
    resident.newer = false;
  }
}

/** After the arrays were written: the next run takes them, whatever the device had. */
export function forgetOnDevice(weights: Iterable<Weight>): void {
  for (const weight of weights) {
    residents.get(weight)?.tensor.dispose();
    residents.delete(weight);
  }
}

/** Brings the arrays up to date and frees the device's copies. */
export async function evict(weights: Iterable<Weight>): Promise<void> {
  const all = [...weights];
  await download(all);
  forgetOnDevice(all);
}
