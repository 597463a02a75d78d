import { z } from "zod";

const count = z.int().positive();

/** Options of `generate`, as --config has them. */
export const generationConfig = z.strictObject({
  k: count.default(4).describe("Completions of each prompt"),
  maxNewTokens: count.default(64).describe("Tokens of a completion at most"),
  maxLength: count.nullable().default(null).describe("Tokens of prompt and completion at most"),
  temperature: z.number().min(0).default(1).describe("0 takes the likeliest token each time"),
  topK: count.nullable().default(null).describe("Only the k likeliest tokens"),
  topP: z
    .number()
    .positive()
    .max(1)
    .nullable()
    .default(null)
    .describe("Only the likeliest tokens that make up this share"),
  minP: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .default(null)
    .describe("Only tokens at least this many times as likely as the likeliest"),
  repetitionPenalty: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe("What the logit of a token that is there already is divided by"),
  stopStrings: z
    .array(z.string().min(1))
    .default([])
    .describe("Texts that end a completion, which is cut before them"),
  batchSize: count
    .nullable()
    .default(null)
    .describe("Completions made at once; null for what fits"),
  bestOf: count.default(1).describe("Each completion is the best of so many by --reward"),
  seed: z.int().min(0).default(0).describe("The same seed gives the same completions"),
});
