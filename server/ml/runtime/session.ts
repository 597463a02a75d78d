import { availableParallelism, cpus } from "node:os";
import * as ort from "onnxruntime-node";

import { AppError } from "../../domain/app-error";
import { Graph } from "../graph/tensor";
import { add } from "../graph/ops/elementwise";
import { withBoundedMask } from "../graph/bounded-mask";
import { markerOutput, writeOnnx } from "../graph/onnx";
import { plainly } from "../graph/plain-ops";
import type { Spelling } from "../graph/written";

export interface SessionOptions {
  /** An execution provider of onnxruntime: cpu, webgpu, cuda … What it lacks runs on the CPU. */
  provider?: string;
  /** Threads of one operation on the CPU; default: what the machine has. */
  threads?: number;
}

/**
 * Threads wait for the next node awake (15 % of a training step), and sleep when the run ends. Where other processes
 * want the same cores, REVEALED_THREADS=sleep lets them have them: the site's worker beside its web process.
 */
const spinning = {
  intra_op: { allow_spinning: process.env.REVEALED_THREADS === "sleep" ? "0" : "1" },
  force_spinning_stop: "1",
};

/** What computes where nothing else is asked for; the tests can be run on another one. */
export const defaultProvider = process.env.REVEALED_EP ?? "cpu";

/** Whether results below the normal range of fp32 slow the processor down. */
const slowUnderflow = cpus()[0]?.model.includes("Intel") ?? false;

/** Nodes as they are, but standard ones where a provider lacks FusedMatMul and more, and without underflow where that is slow. */
export function spellingFor(provider: string): Spelling | undefined {
  if (provider === "webgpu" || provider === "coreml") return plainly;
  return provider === "cpu" && slowUnderflow ? withBoundedMask : undefined;
}

interface Settings extends SessionOptions {
  /** Where each output is left, by name; needs keepsOnDevice(provider). */
  outputLocations?: Record<string, "cpu" | "gpu-buffer">;
  /** Refuse what the provider leaves to the processor. */
  onlyProvider?: boolean;
}

/** Loads a program. Its nodes are run as written: the graph is already in the wanted form. */
export async function createSession(
  model: Uint8Array,
  options: Settings = {},
  settings = ortOptions(options),
): Promise<ort.InferenceSession> {
  return await ort.InferenceSession.create(model, settings);
}

/** What the runtime is told. @throws AppError bad-input for a provider that is not here */
export function ortOptions({
  provider = defaultProvider,
  threads = availableParallelism(),
  outputLocations,
  onlyProvider = false,
}: Settings): ort.InferenceSession.SessionOptions {
  const providers = listProviders();
  if (!providers.includes(provider))
    throw new AppError(
      "bad-input",
      `execution provider "${provider}" is not in this installation; choose one of ${providers.join(", ")}`,
    );
  return {
    executionProviders: provider === "cpu" || onlyProvider ? [provider] : [provider, "cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // a planned block would come on top of what the first run took: twice the memory, no faster
    enableMemPattern: false,
    graphOptimizationLevel: provider === "cpu" ? "disabled" : "all",
    ...(outputLocations && { preferredOutputLocation: outputLocations }),
    logSeverityLevel: 4, // errors are thrown; printing them too says nothing more
    extra: { session: { ...spinning, ...(onlyProvider && { disable_cpu_ep_fallback: "1" }) } },
  };
}

/** Execution providers of this installation: cpu always. */
export function listProviders(): string[] {
  return ort.listSupportedBackends().map(({ name }) => name);
}

/**
 * The binding copies every result that it returns, also one written to a tensor of ours. A program
 * whose first output is an empty sequence makes it throw before the copies, when all is written.
 */
const stopBeforeCopies = "Non tensor type is temporarily not supported";
let tricked: Promise<boolean> | undefined;

/** Whether results can be left in place without copies; tried once, on a program of one addition. */
export function writesInPlace(): Promise<boolean> {
  tricked ??= tryInPlace();
  return tricked;
}

async function tryInPlace(): Promise<boolean> {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2]);
  const y = add(x, 1);
  const session = await createSession(writeOnnx([y], { marker: true }), { threads: 1 });
  const buffer = new Float32Array([3, 4]);
  const tensor = new ort.Tensor("float32", buffer, [2]);
  try {
    await session.run({ x: tensor }, { [markerOutput]: null, [y.name]: tensor });
    return false;
  } catch (error) {
    return isStop(error) && buffer[0] === 4 && buffer[1] === 5;
  } finally {
    await session.release();
  }
}

export function isStop(error: unknown): boolean {
  return error instanceof Error && error.message.includes(stopBeforeCopies);
}

type Fetches = Record<string, ort.Tensor>;

/**
 * Runs a program whose every output goes to a tensor of ours.
 * @param marked the program was written with the marker (writesInPlace)
 */
export async function runInto(
  session: ort.InferenceSession,
  feeds: Record<string, ort.Tensor>,
  fetches: Fetches,
  marked: boolean,
): Promise<void> {
  if (marked) {
    try {
      await session.run(feeds, { [markerOutput]: null, ...fetches });
    } catch (error) {
      if (isStop(error)) return;
      throw failure(error);
    }
    throw new AppError("internal", "onnxruntime returned where it was expected to stop");
  }
  const results = await session.run(feeds, fetches).catch((error: unknown) => {
    throw failure(error);
  });
  for (const [name, target] of Object.entries(fetches)) {
    const data = results[name].data as Float32Array;
    if (data.buffer !== (target.data as Float32Array).buffer)
      (target.data as Float32Array).set(data);
  }
}

/** What went wrong inside a program, in words that help where the cause is known. */
export function failure(error: unknown): AppError {
  const message = error instanceof Error ? error.message : String(error);
  const outside = /idx=(-?\d+) must be within the inclusive range \[(-?\d+),(-?\d+)\]/.exec(
    message,
  );
  if (outside)
    return new AppError(
      "bad-input",
      `index ${outside[1]} is outside ${outside[2]} … ${outside[3]} (${message}): ` +
        "the tokens or positions do not fit the model's vocabulary or context",
      { cause: error },
    );
  return new AppError("internal", `the program failed: ${message}`, { cause: error });
}
