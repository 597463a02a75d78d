import { z } from "zod";
import { nothingAsked, zAsked } from "./asked";
import { zModelId } from "./ids";
import { zComparing } from "./preference";

/** How a campaign's completions are sampled; what is left out is the model's own default. */
export const zSampling = z.object({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().gt(0).max(1).optional(),
  topK: z.number().int().min(1).max(1000).optional(),
  maxNewTokens: z.number().int().min(1).max(4096).optional(),
});

/** What an admin decides about a campaign, with the defaults that suit most. */
export const zCampaignSettings = z.object({
  name: z.string().trim().min(1).max(120),
  /** Markdown, shown to labelers beside every task. */
  guidelines: z.string().max(50_000).default(""),
  /** A program that can tell a right answer; it judges policies and trains nothing. */
  verifier: z.enum(["sort"]).nullable().default(null),
  policyModelId: zModelId.nullable().default(null),
  /** Answers that one labeler puts in order at a time. */
  completionsPerTask: z.number().int().min(4).max(9).default(6),
  /** Two answers a task, by two models, on a scale of preference; absent: rankings. */
  comparing: zComparing.optional(),
  tasksPerRound: z.number().int().min(1).max(100_000).default(60),
  /** Labelers who rank the same task. */
  overlap: z.number().int().min(1).max(20).default(1),
  sampling: zSampling.default({}),
  /** What labelers are asked besides the order. */
  asked: zAsked.default(nothingAsked),
  /** Whether an accepted demonstration of the prompt stands among a task's completions. */
  demonstrations: z.boolean().default(false),
  /** Whether training uses the rankings of simulated labelers too. */
  includeSimulated: z.boolean().default(false),
});
export type CampaignSettings = z.infer<typeof zCampaignSettings>;

/** Once labelers have seen a campaign, these stay: rankings of one round must mean the same thing. */
export const fixedOnceOpen = ["verifier", "policyModelId", "completionsPerTask"] as const;

/** The share of a campaign's prompts that no labeler sees: on them each round's policy is measured. */
export const heldoutShare = 0.1;
