import type * as ort from "onnxruntime-node";
import type { Weight } from "../graph/parameters";
import { markerOutput } from "../graph/onnx";
import { AppError } from "../../domain/app-error";
import { onDevice, replaceOnDevice } from "./resident";
import { directBinding, type NativeSession } from "./direct-binding";
import {
  createSession,
  failure,
  isStop,
  ortOptions,
  runInto,
  type SessionOptions,
} from "./session";

type Tensors = Record<string, ort.Tensor>;

/** A program whose every output goes to a tensor of ours, run many times over the same tensors. */
export interface FixedSession {
  /**
   * @returns what runs it over these tensors: at once where the binding allows it, then there is no
   *   promise
   * @param device where the program's results are left on the device
   */
  bind(feeds: Tensors, fetches: Tensors, device?: OnDevice): () => void | Promise<void>;
  release(): Promise<void>;
}

/** Weights by the names of the inputs and results that they are on the device (resident.ts). */
export interface OnDevice {
  before: ReadonlyMap<string, Weight>;
  after: ReadonlyMap<string, Weight>;
}

export interface FixedSessionOptions extends SessionOptions {
  /** Inputs that the program was written with as `external`: copied, laid out for the kernels. */
  constants?: ReadonlyMap<string, Weight>;
  /** the program was written with the marker (writesInPlace) */
  marked: boolean;
  /** Results that stay on the device, where keepsOnDevice(provider). */
  left?: readonly string[];
}

/** Loads a program to be run many times. */
export async function openFixedSession(
  model: Uint8Array,
  { constants = new Map(), marked, left, ...options }: FixedSessionOptions,
): Promise<FixedSession> {
  if (left) return await openOnDevice(model, options, left);
  const settings: ort.InferenceSession.SessionOptions = {
    ...ortOptions(options),
    ...(constants.size > 0 && {
      externalData: [...constants].map(([path, { data }]) => ({ path, data: bytesOf(data) })),
      graphOptimizationLevel: "basic", // computes once what depends on constants alone
    }),
  };
  const Native = marked ? await directBinding() : null;
  if (Native) {
    const session = new Native();
    session.loadModel(model.buffer, model.byteOffset, model.byteLength, settings);
    return new DirectSession(session);
  }
  const session = await createSession(model, options, settings);
  return {
    bind: (feeds, fetches) => () => runInto(session, feeds, fetches, marked),
    release: () => session.release(),
  };
}

/** Only what is fed goes to the device, only what is fetched comes back. */
async function openOnDevice(
  model: Uint8Array,
  options: SessionOptions,
  left: readonly string[],
): Promise<FixedSession> {
  const places = left.map((name) => [name, "gpu-buffer" as const]);
  const session = await createSession(model, {
    ...options,
    outputLocations: Object.fromEntries(places) as Record<string, "gpu-buffer">,
  });
  return {
    bind: (feeds, fetches, { before, after } = { before: new Map(), after: new Map() }) => {
      return async () => {
        const kept: Tensors = {};
        for (const [name, weight] of before) kept[name] = await onDevice(weight);
        const made = await session.run({ ...feeds, ...kept }).catch((error: unknown) => {
          throw failure(error);
        });
        for (const [name, weight] of after) replaceOnDevice(weight, made[name]);
        for (const [name, { data }] of Object.entries(fetches))
          if (!after.has(name)) (data as Float32Array).set(made[name].data as Float32Array);
      };
    },
    release: () => session.release(),
  };
}

/** Calls the binding itself: saves the promise, its turn of the event loop and the checks of each tensor. */
class DirectSession implements FixedSession {
  constructor(private readonly session: NativeSession) {}

  bind(feeds: Tensors, fetches: Tensors): () => void {
    const from = plain(feeds);
    const to = { [markerOutput]: null, ...plain(fetches) };
    return () => {
      const { stackTraceLimit } = Error;
      Error.stackTraceLimit = 0; // a run ends in an error always; its stack is not worth its time
      try {
        this.session.run(from, to, {});
      } catch (error) {
        if (isStop(error)) return;
        throw failure(error);
      } finally {
        Error.stackTraceLimit = stackTraceLimit;
      }
      throw new AppError("internal", "onnxruntime returned where it was expected to stop");
    };
  }

  async release(): Promise<void> {
    this.session.dispose();
  }
}

/** The binding reads properties; those of a tensor are getters, which take longer. */
function plain(tensors: Tensors): object {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { type, data, dims, location }]) => [
      name,
      { type, data, dims, location },
    ]),
  );
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
