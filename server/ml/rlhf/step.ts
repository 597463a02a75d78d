import type { z } from "zod";
import { AppError } from "../../domain/app-error";
import type { Weights } from "../nn/model";
import { forgetOnDevice } from "../runtime/resident";
import type { OptimizerState } from "../runtime/training";
import { parseConfig } from "./config";

/** One response that a run made, with its reward where something rewards. */
export interface Sample {
  prompt: string;
  completion: string;
  /** After clip and EOS rule; null where nothing rewards. */
  score: number | null;
  /** As rewarded. */
  rawScore: number | null;
  /** Null where nothing is compared with. */
  tokens: SampleTokens | null;
}

/** A response token by token; the difference of both log π is its KL (k1). */
export interface SampleTokens {
  /** Each as it reads, "" where it ends within a character; a special token by its name. */
  texts: string[];
  /** log π of the policy when it answered, nats. */
  logProbs: number[];
  /** log π of the reference, nats. */
  refLogProbs: number[];
}

/** What a trainer hands out after each update (PPO: each iteration), and before it goes on. */
export interface Step {
  /** Counts from 1. */
  step: number;
  totalSteps: number;
  metrics: Record<string, number>;
  samples?: Sample[];
  /** The arrays themselves, not copies: write them before asking for the next step. */
  state(): TrainingState;
}

/** All that is needed to go on as if nothing had happened; a checkpoint holds it. */
export interface TrainingState {
  step: number;
  tensors: Weights;
  /** Plain JSON. */
  json: TrainingStateJson;
}

export interface TrainingStateJson {
  kind: "sft" | "reward" | "ppo" | "rloo" | "grpo" | "dpo" | "best-of-n";
  config: Record<string, unknown>;
  /** Updates that each optimizer has made. */
  optimizerSteps: Record<string, number>;
  /** Of a moving average and of the best weights so far. */
  kept?: { averageUpdates: number; best?: { step: number; loss: number } };
  /** PPO: β now, and episodes so far. */
  beta?: number;
  episode?: number;
  /** Of the members of an ensemble that one run makes: which is in hand, and the steps before it. */
  ensemble?: { member: number; before: number };
  /** Best-of-n: what the answers so far were given, prompt after prompt; `right` where truth is known. */
  answers?: { scores: number[]; right: number[] };
  /** SFT with patience: the lowest held-out loss, and the evaluations since. */
  waiting?: { loss: number; since: number };
  /** Ended by a rule before its last step: there is nothing to go on with. */
  stopped?: boolean;
}

export interface RunOptions {
  /** Aborting ends the run with a "cancelled" AppError after the present update. */
  signal?: AbortSignal;
  /** A state() of an earlier run with the same start, data and config. */
  resume?: TrainingState;
  provider?: string;
  threads?: number;
  /** Is told what of the data is left out or cut, and why. */
  note?: (text: string) => void;
  /** Is told, before the first step, how many bytes the process is expected to hold at its peak. */
  planned?: (bytes: number) => void;
}

/** Runs a trainer to its end. @param onStep may stop it early by returning "stop" @returns its last step */
export async function runSteps(
  steps: AsyncGenerator<Step, void>,
  onStep?: (step: Step) => unknown,
): Promise<Step | null> {
  let last: Step | null = null;
  for await (const step of steps) {
    last = step;
    if ((await onStep?.(step)) === "stop") break;
  }
  return last;
}

export function stopIfAborted(signal: AbortSignal | undefined, kind: string, step: number): void {
  if (signal?.aborted)
    throw new AppError("cancelled", `the ${kind} run was cancelled after step ${step}`);
}

/**
 * Throws when a loss or a gradient is no number any more: what follows would only spread it.
 * @param batch what the step learnt from, e.g. "examples 4 and 7"
 */
export function requireFinite(
  kind: string,
  step: number,
  values: Record<string, number>,
  batch?: string,
): void {
  for (const [name, value] of Object.entries(values))
    if (!Number.isFinite(value))
      throw new AppError(
        "bad-input",
        `${kind} step ${step}: ${name} is ${value}${batch ? ` in the batch of ${batch}` : ""}; lower learningRate, or clip gradients harder (gradientClip)`,
      );
}

/** "examples 4, 7, 9 and 29 more": places in the data, from 1. @param indices from 0 */
export function namesOf(unit: string, indices: readonly number[], shown = 8): string {
  const numbers = indices.map((i) => i + 1).toSorted((a, b) => a - b);
  const more = numbers.length - shown;
  return `${unit} ${numbers.slice(0, shown).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** A network that learns: its weights and its optimizer's memory. */
export interface Learner {
  weights: Weights;
  optimizer: OptimizerState;
}

/** Packs learners into one state, under their names. */
export function packState(
  step: number,
  learners: Record<string, Learner>,
  json: Omit<TrainingStateJson, "optimizerSteps">,
): TrainingState {
  const tensors: Weights = new Map();
  const optimizerSteps: Record<string, number> = {};
  for (const [name, { weights, optimizer }] of Object.entries(learners)) {
    // what has no moments does not learn, and is in the model that the run began with
    for (const [key, tensor] of weights)
      if (optimizer.tensors.has(`m.${key}`)) tensors.set(`${name}.weights.${key}`, tensor);
    for (const [key, tensor] of optimizer.tensors) tensors.set(`${name}.adam.${key}`, tensor);
    optimizerSteps[name] = optimizer.step;
  }
  return { step, tensors, json: { ...json, optimizerSteps } };
}

/**
 * Puts what a learner learnt back in place and returns its optimizer's memory.
 * @throws bad-input when the state is of another kind, config or model
 */
export function unpackLearner(
  state: TrainingState,
  name: string,
  weights: Weights,
): OptimizerState {
  const tensors: Weights = new Map();
  const [stored, moments] = [`${name}.weights.`, `${name}.adam.`];
  for (const [full, tensor] of state.tensors) {
    if (full.startsWith(moments)) tensors.set(full.slice(moments.length), tensor);
    if (!full.startsWith(stored)) continue;
    const key = full.slice(stored.length);
    const weight = weights.get(key);
    if (weight?.data.length !== tensor.data.length)
      throw new AppError(
        "bad-input",
        `the checkpoint does not fit the model: weight "${key}" of the ${name} has ${weight?.data.length ?? "no"} numbers, the checkpoint ${tensor.data.length}; resume with the model that the run began with`,
      );
    weight.data.set(tensor.data);
  }
  forgetOnDevice(weights.values());
  return { step: state.json.optimizerSteps[name] ?? 0, tensors };
}

/**
 * An option that the state knows nothing of, since the version that made it had none such, had its default.
 * @throws bad-input unless the state was made by this kind of run with this config
 */
export function requireSameRun(
  state: TrainingState,
  kind: TrainingStateJson["kind"],
  config: Record<string, unknown>,
  schema: z.ZodObject,
): void {
  if (state.json.kind !== kind)
    throw new AppError(
      "bad-input",
      `the checkpoint is of a ${state.json.kind} run, not of ${kind}`,
    );
  const before = { ...parseConfig(schema, {}, kind), ...state.json.config };
  for (const [key, value] of Object.entries(config)) {
    const [was, is] = [before[key], value].map((one) => JSON.stringify(one));
    if (was !== is)
      throw new AppError(
        "bad-input",
        `the checkpoint was made with ${key} ${was}, this run has ${is}; resume with the same options, or start anew`,
      );
  }
}
