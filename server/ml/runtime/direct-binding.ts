import { createRequire } from "node:module";
import { markerOutput, writeOnnx } from "../graph/onnx";
import { add } from "../graph/ops/elementwise";
import { Graph } from "../graph/tensor";
import { isStop, ortOptions, writesInPlace } from "./session";

/** A session of onnxruntime-node's native part, as its own backend uses it. */
export interface NativeSession {
  loadModel(model: ArrayBufferLike, offset: number, length: number, options: object): void;
  run(feeds: object, fetches: object, options: object): unknown;
  dispose(): void;
}

type NativeClass = new () => NativeSession;

const INSIDE = "onnxruntime-node/dist/binding.js"; // no public way leads there

let found: Promise<NativeClass | null> | undefined;

/**
 * The class by which a program runs at once, without a promise. Null where this version of the
 * runtime does not have it as expected; tried once, on a program of one addition.
 */
export function directBinding(): Promise<NativeClass | null> {
  found ??= find();
  return found;
}

async function find(): Promise<NativeClass | null> {
  if (!(await writesInPlace())) return null; // also loads the runtime, which sets the native part up
  try {
    const inside: unknown = createRequire(import.meta.url)(INSIDE);
    const Native = (inside as { binding: { InferenceSession: NativeClass } }).binding
      .InferenceSession;
    return works(Native) ? Native : null;
  } catch {
    return null;
  }
}

function works(Native: NativeClass): boolean {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2]);
  const w = graph.input("w", "float32", [2]);
  const y = add(x, w);
  const model = writeOnnx([y], { marker: true, external: new Set(["w"]) });
  const session = new Native();
  const data = new Uint8Array(Float32Array.of(10, 20).buffer);
  session.loadModel(model.buffer, model.byteOffset, model.byteLength, {
    ...ortOptions({ threads: 1 }),
    externalData: [{ path: "w", data }],
  });
  const buffer = Float32Array.of(3, 4);
  const tensor = { type: "float32", data: buffer, dims: [2], location: "cpu" };
  try {
    session.run({ x: tensor }, { [markerOutput]: null, [y.name]: tensor }, {});
    return false;
  } catch (error) {
    return isStop(error) && buffer[0] === 13 && buffer[1] === 24;
  } finally {
    session.dispose();
  }
}
