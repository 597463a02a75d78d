import { z } from "zod";
import { option } from "./config";
import { ppoConfig } from "./ppo-config";

const count = z.int().positive();

/** Options of measuring what the best of n answers would give. */
export const bestOfNConfig = z.strictObject({
  seed: ppoConfig.shape.seed,
  completions: option(
    z.int().min(2).max(1024).default(16),
    "Answers to each prompt; the best of 1, 2, 4 … and of all of them is told",
    "16: as far as policies are usually moved; 64 in Nakano et al. 2021",
  ),
  prompts: option(
    count.default(200),
    "Prompts that are answered at most",
    "200: the interval is then some 0.14 standard deviations of a prompt's score to either side",
  ),
  split: option(
    z.enum(["heldout", "train"]).default("heldout"),
    "Which of the campaign's prompts",
    "heldout: what nothing has learnt from",
  ),
  maxNewTokens: ppoConfig.shape.maxNewTokens,
  temperature: ppoConfig.shape.temperature,
  promptsPerStep: option(
    count.default(8),
    "Prompts that are answered together, after which the run can be paused",
    "8: some seconds for a small model",
  ),
});

export type BestOfNConfig = z.output<typeof bestOfNConfig>;
export type BestOfNOptions = z.input<typeof bestOfNConfig>;

/** What a run measured of picking the best of n answers, by the names of its metrics. */
export const bestOfMetrics = (n: number) =>
  ({
    score: `best_of_${n}/score`,
    scoreError: `best_of_${n}/score_error`,
    exact: `best_of_${n}/exact`,
    exactError: `best_of_${n}/exact_error`,
  }) as const;

/** 1, 2, 4 … and all of them. */
export function bestOfSizes(samples: number): number[] {
  const sizes: number[] = [];
  for (let n = 1; n < samples; n *= 2) sizes.push(n);
  return [...sizes, samples];
}
