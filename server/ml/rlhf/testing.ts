import { initialWeights, type ModelConfig } from "../nn/model";
import { symbolTokenizer } from "../text/symbol-tokenizer";
import type { TextModel } from "./data";
import type { Step, TrainingState } from "./step";
import { runSteps } from "./step";

/** A model small enough for unit tests, that reads and writes the letters a–h and blanks. */
export function tinyModel(
  overrides: Partial<ModelConfig> = {},
  seed = 1,
  symbols = "abcdefgh ",
): TextModel {
  const tokenizer = symbolTokenizer(symbols);
  const config: ModelConfig = {
    family: "gpt2",
    head: "lm",
    vocab: tokenizer.vocabSize,
    width: 16,
    layers: 2,
    heads: 2,
    kvHeads: 2,
    headDim: 8,
    ffn: 32,
    context: 24,
    normEps: 1e-5,
    activation: "gelu_new",
    rope: null,
    tied: true,
    attentionBias: "all",
    mlpBias: true,
    bosId: tokenizer.bosId,
    eosId: tokenizer.eosId,
    padId: tokenizer.padId,
    ...overrides,
  };
  return { config, weights: initialWeights(config, seed), tokenizer };
}

/** All weights as one array, copied. */
export function flatWeights({ weights }: Pick<TextModel, "weights">): number[] {
  return [...weights.values()].flatMap(({ data }) => Array.from(data));
}

/** A state as a checkpoint would hold it: in arrays of its own, its JSON through text. */
export function throughDisk({ step, tensors, json }: TrainingState): TrainingState {
  return {
    step,
    tensors: new Map(
      [...tensors].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
    ),
    json: JSON.parse(JSON.stringify(json)) as TrainingState["json"],
  };
}

/** Runs to the end, or to a step. @returns every step's metrics without those of time, and the last state */
export async function collect(steps: AsyncGenerator<Step, void>, stopAt = Infinity) {
  const metrics: Record<string, number>[] = [];
  let state: TrainingState | null = null;
  await runSteps(steps, (step) => {
    const { tokens_per_second: _, ...rest } = step.metrics;
    metrics.push(rest);
    state = throughDisk(step.state());
    return step.step >= stopAt ? "stop" : null;
  });
  return { metrics, state: state as TrainingState | null };
}
