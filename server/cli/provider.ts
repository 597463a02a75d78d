import { env } from "onnxruntime-node";
import { AppError } from "../domain/app-error";
import { writeOnnx } from "../ml/graph/onnx";
import { add } from "../ml/graph/ops/elementwise";
import { Graph } from "../ml/graph/tensor";
import { createSession, listProviders } from "../ml/runtime/session";

/**
 * What computes. "auto" is the processor: the only provider whose numbers are the same on every
 * machine, and the fastest for the small models that train on one.
 * @throws AppError bad-input where the provider asked for is not in this build, or does not start
 */
export async function chooseProvider(asked: string): Promise<string> {
  if (asked === "auto" || asked === "cpu") return "cpu";
  const usable = listProviders();
  if (!usable.includes(asked)) {
    throw new AppError(
      "bad-input",
      `--ep ${asked} is not in this build of ONNX Runtime; it has ${usable.join(", ")}.`,
    );
  }
  try {
    await tryOut(asked);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.trim().split("\n")[0] : String(cause);
    throw new AppError(
      "bad-input",
      `--ep ${asked} does not start here (${why}); install what it needs, or leave --ep out to use the processor.`,
      { cause },
    );
  }
  return asked;
}

/** One addition by the provider: drivers and libraries are looked for only then. */
async function tryOut(provider: string): Promise<void> {
  env.logLevel = "fatal"; // what goes wrong is thrown; the library need not print it as well
  const graph = new Graph();
  const sum = add(graph.input("x", "float32", [1]), 1);
  const session = await createSession(writeOnnx([sum]), { provider, threads: 1 });
  await session.release();
}
