import { z } from "zod";
import { AppError } from "../../domain/app-error";
import { type ModelConfig, parameterCount } from "../nn/model";

/** One option: what it means, and where its default comes from. */
export function option<T extends z.ZodType>(schema: T, meaning: string, source: string) {
  return schema.meta({ description: `${meaning}. Default: ${source}.`, meaning, source });
}

/**
 * Fills in defaults and checks every value.
 * @param what names the config in messages, e.g. "sft" @throws bad-input naming the option; an unknown
 *   key names the nearest known one
 */
export function parseConfig<S extends z.ZodObject>(
  schema: S,
  input: unknown,
  what: string,
): z.output<S> {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue.code === "unrecognized_keys") {
    const [key] = issue.keys;
    const nearest = nearestOf(key, Object.keys(schema.shape));
    throw new AppError(
      "bad-input",
      `the ${what} config has no option "${key}"; did you mean "${nearest}"?`,
    );
  }
  const at = issue.path.join(".");
  throw new AppError(
    "bad-input",
    `the ${what} config is wrong${at ? ` at "${at}"` : ""}: ${issue.message.replace(/^./, (c) => c.toLowerCase())}`,
  );
}

/** The candidate with the fewest single-letter edits from the word, case aside. */
export function nearestOf(word: string, candidates: readonly string[]): string {
  const distance = (candidate: string) => edits(word.toLowerCase(), candidate.toLowerCase());
  return candidates.reduce((a, b) => (distance(b) < distance(a) ? b : a));
}

function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(a[i - 1] !== b[j - 1]));
    row = next;
  }
  return row[b.length];
}

const positive = z.number().positive();
const share = z.number().min(0).max(1);
const count = z.int().positive();

/** Options that every trainer has; each trainer gives its own defaults. */
export function sharedOptions(defaults: {
  batchSize: number;
  batchUnit: string;
  schedule: "constant" | "linear" | "cosine";
  finalLearningRate: number;
  warmup: number;
  adamEpsilon: number;
  /** Where each comes from. */
  sources: Record<"batchSize" | "schedule" | "finalLearningRate" | "warmup", string>;
}) {
  const from = defaults.sources;
  return {
    seed: option(z.int().min(0).default(0), "Seed of every random choice", "0: any does"),
    batchSize: option(
      count.default(defaults.batchSize),
      `${defaults.batchUnit} an update`,
      `${defaults.batchSize}${from.batchSize}`,
    ),
    schedule: option(
      z.enum(["constant", "linear", "cosine"]).default(defaults.schedule),
      "How the learning rate falls after warm-up",
      `${defaults.schedule}${from.schedule}`,
    ),
    finalLearningRate: option(
      share.default(defaults.finalLearningRate),
      "Learning rate at the end, as a share of its peak (linear and cosine)",
      `${defaults.finalLearningRate}${from.finalLearningRate}`,
    ),
    warmup: option(
      z.number().min(0).default(defaults.warmup),
      "Share of all updates over which the learning rate rises from 0; above 1 their number",
      `${defaults.warmup}${from.warmup}`,
    ),
    weightDecay: option(
      z.number().min(0).default(0),
      "AdamW's decay of matrices, decoupled from the gradient",
      "0: InstructGPT names none",
    ),
    beta1: option(
      share.default(0.9),
      "AdamW's decay of the mean gradient",
      "0.9, GPT-3 and InstructGPT",
    ),
    beta2: option(
      share.default(0.95),
      "AdamW's decay of the squared gradient",
      "0.95, GPT-3 and InstructGPT",
    ),
    adamEpsilon: option(
      positive.default(defaults.adamEpsilon),
      "AdamW's ε, outside the root",
      `${defaults.adamEpsilon}, GPT-3`,
    ),
    gradientClip: option(
      positive.nullable().default(1),
      "Gradients whose norm is longer are scaled down to it; null for never",
      "1, GPT-3",
    ),
    ...passOptions(defaults.batchUnit),
    bucketWindow: option(
      count.default(1),
      `Updates whose ${defaults.batchUnit.toLowerCase()} are sorted by length together, so that a batch holds like lengths and little padding; 1 for none`,
      "1, batches of chance alone; 50 in transformers' group_by_length",
    ),
    emaDecay,
  };
}

/** How much of a batch goes through the model at once: what bounds the memory, and changes no number. */
export const passOptions = (unit: string) => ({
  tokensPerPass: option(
    count.default(16_384),
    "Tokens in one forward and backward pass, padding included; larger batches are accumulated",
    "16384, which fits small models in 2 GB",
  ),
  microBatchSize: option(
    count.nullable().default(null),
    `${unit} in one forward and backward pass; gradients of the passes are accumulated, each token weighing the same. Null for as many as tokensPerPass allows`,
    "null: as large passes as fit",
  ),
  recompute: option(
    z.boolean().default(false),
    "Whether a layer's values are computed again for its gradients rather than kept: about a third more time, memory for one layer's values rather than all layers'",
    "false; gradient checkpointing, Chen et al. 2016",
  ),
});

export const emaDecay = option(
  z.number().min(0).lt(1).nullable().default(null),
  "Decay of a moving average of the weights, which is evaluated and becomes the model; less at first, (1 + t)/(10 + t) after t updates. Null for the last weights themselves",
  "null: off; 0.999 is common",
);

/** When a held-out loss is measured, and whether it chooses the model. */
export const evaluationOptions = {
  evaluateEvery: option(
    count.nullable().default(null),
    "Updates between evaluations, where evaluation data is given; null for the end only",
    "null: it takes time",
  ),
  keepBest: option(
    z.boolean().default(false),
    "Whether the weights of the lowest held-out loss become the model, not the last ones",
    "false: the last, as published",
  ),
};

export function isEvaluationDue(step: number, total: number, every: number | null): boolean {
  return step === total || (every !== null && step % every === 0);
}

/** How texts become token sequences; shared by SFT and reward model. */
export const lengthOptions = {
  maxLength: option(
    count.nullable().default(null),
    "Tokens of prompt and completion together at most; null for the model's context",
    "null: all that fits",
  ),
  overlong: option(
    z.enum(["error", "drop", "truncate"]).default("error"),
    "What happens to a longer one: an error, leaving it out, or cutting its prompt on the left",
    "error, so that no data goes missing silently",
  ),
};

export const epochOptions = (epochs: number, source: string) => ({
  epochs: option(z.number().positive().default(epochs), "Passes over the data", source),
  maxSteps: option(
    count.nullable().default(null),
    "Stop after so many updates; null for all",
    "null: the epochs decide",
  ),
});

/**
 * The learning rate of a reward model or of SFT when none is given: the published one from 100 million
 * parameters, more for smaller models, log-linear down to 1 million.
 */
export function defaultLearningRate(parameters: number, large: number, small: number): number {
  const share = Math.min(1, Math.max(0, (Math.log10(parameters) - 6) / 2));
  return small * (large / small) ** share;
}

/** The same for a model: adapters (LoRA) take ten times as much, at most 5e-3. */
export function learningRateOf(config: ModelConfig, large: number, small: number): number {
  const rate = defaultLearningRate(parameterCount(config), large, small);
  return config.lora ? Math.min(10 * rate, 5e-3) : rate;
}
