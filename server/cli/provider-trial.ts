import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { initialWeights } from "../ml/nn/model";
import { tokenLoss, tokenLossFeeds, tokenLossInputs } from "../ml/rlhf/token-loss";
import { onLackingOps } from "../ml/runtime/lacking";
import { Random } from "../ml/runtime/random";
import { compileTraining } from "../ml/runtime/training";
import { newConfig } from "./architectures";

/** What a provider made of a small training. */
export interface Trial {
  /** of each step, in nats a token */
  readonly losses: readonly number[];
  /** of the quickest step after the first */
  readonly ms: number;
  /** operators that it leaves to the processor */
  readonly lacks: readonly string[];
}

const program = fileURLToPath(new URL("../setup/revealed.mjs", import.meta.url));
const patience = 60_000; // ms: a driver that hangs should not
const steps = 3;
const shape = { rows: 4, length: 32, vocab: 256 };

/** Trains a two-layer GPT-2 of 120,000 parameters for three steps of 4 × 32 tokens, from fixed numbers. */
export async function trainBriefly(provider: string): Promise<Trial> {
  const { vocab, length } = shape;
  const vocabulary = { vocab, bosId: null, eosId: null, padId: null };
  const config = newConfig("gpt2", { layers: 2, width: 64, context: length }, vocabulary);
  const random = new Random("provider trial");
  const rows = Array.from({ length: shape.rows }, () => ({
    ids: Array.from({ length }, () => Math.floor(vocab * random.uniform())),
    promptLength: 0,
  }));
  const weight = 1 / (shape.rows * (length - 1));
  const feeds = tokenLossFeeds(rows, { padId: null, weight, wholeRow: true });
  const lacks = new Set<string>();
  onLackingOps((_, ops) => ops.forEach((op) => lacks.add(op)));
  const trainer = compileTraining({
    provider,
    weights: initialWeights(config, 1),
    inputs: tokenLossInputs,
    build: ({ inputs, params }) => ({ loss: tokenLoss(config, params, inputs).loss }),
  });
  const losses: number[] = [];
  let ms = Infinity;
  for (let step = 0; step < steps; step++) {
    const begun = performance.now();
    const { outputs } = await trainer.step(feeds, { lr: 1e-3 });
    if (step > 0) ms = Math.min(ms, performance.now() - begun);
    losses.push(Number(outputs.loss.data[0]));
  }
  await trainer.dispose();
  onLackingOps(null);
  return { losses, ms, lacks: [...lacks].toSorted() };
}

/**
 * The same in a process of its own, so that a driver that crashes takes nothing down.
 * @returns the trial, or in one line why there is none
 */
export function tryProvider(provider: string): Promise<Trial | string> {
  const args = [program, "doctor", "--try", provider, "--json", "--quiet"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const timer = setTimeout(() => child.kill("SIGKILL"), patience);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const last = stdout.trim().split("\n").at(-1) ?? "";
      if (code === 0) resolve(JSON.parse(last) as Trial);
      else resolve(complaint(stderr, signal));
    });
  });
}

/** The last line that says something, without our own frame around it. */
export function complaint(stderr: string, signal: string | null): string {
  if (signal === "SIGKILL")
    return `three small steps were not done in ${patience / 1000} s: too slow to be of use`;
  const frame = /^revealed: (this is a fault of revealed, not yours: )?| \(REVEALED_DEBUG=1 .*$/g;
  const said = stderr
    .split("\n")
    .map((line) => line.trim().replaceAll(frame, ""))
    .findLast((line) => line !== "" && !line.startsWith("at "));
  return signal === null
    ? (said ?? "it ended without a word")
    : `it crashed (${signal})${said ? `: ${said}` : ""}`;
}
