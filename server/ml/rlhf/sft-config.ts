import { z } from "zod";
import { frozenOptions } from "./frozen";
import { epochOptions, evaluationOptions, lengthOptions, option, sharedOptions } from "./config";

export const sftConfig = z.strictObject({
  learningRate: option(
    z.number().positive().nullable().default(null),
    "Peak learning rate; null chooses by size, from 1e-3 at 1 million parameters to 2e-5 at 100 million",
    "null; 2e-5 is TRL's",
  ),
  ...epochOptions(1, "1; InstructGPT ran 16 and chose by reward"),
  ...sharedOptions({
    batchSize: 32,
    batchUnit: "Examples",
    schedule: "cosine",
    finalLearningRate: 0.1,
    warmup: 0.03,
    adamEpsilon: 1e-8,
    sources: {
      batchSize: ", InstructGPT",
      schedule: ", InstructGPT",
      finalLearningRate: ", InstructGPT",
      warmup: ", our choice: small models start faster than without; InstructGPT had none",
    },
  }),
  ...lengthOptions,
  ...frozenOptions,
  trainOnPrompt: option(
    z.boolean().default(false),
    "Whether the prompt's tokens are learnt too",
    "false: only the completion is",
  ),
  packing: option(
    z.boolean().default(false),
    "Whether a batch's examples share rows, of the lengths that cost least, and do not see each other there, instead of one padded row each; the numbers stay the same. microBatchSize then counts rows",
    "false: one row each is simpler to follow",
  ),
  ...evaluationOptions,
  patience: option(
    z.int().positive().nullable().default(null),
    "Evaluations in a row without a lower held-out loss after which the run ends (with evaluateEvery); null for never",
    "null: the epochs decide",
  ),
  samplePrompts: option(
    z.int().min(0).default(4),
    "Held-out prompts, always the first ones, that the model answers at each evaluation by its likeliest tokens, to be read",
    "4: enough to read each time",
  ),
  sampleTokens: option(
    z.int().positive().default(64),
    "Tokens of such an answer at most",
    "64: short answers",
  ),
});

export type SftConfig = z.output<typeof sftConfig>;
export type SftOptions = z.input<typeof sftConfig>;
