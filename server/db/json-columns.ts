import type { z } from "zod";
import type { Asked } from "../domain/asked";
import type { zSampling } from "../domain/campaign";

/** What the json columns hold. */

/** How a completion was sampled; empty for one that a person wrote. */
export type SamplingParams = z.output<typeof zSampling>;

/** A campaign's own options; what is missing falls back to the trainers' defaults. */
export interface CampaignConfig {
  sampling?: SamplingParams;
  reward?: Record<string, unknown>;
  ppo?: Record<string, unknown>;
  /** What labelers are asked besides the order. */
  asked?: Asked;
  /** Whether an accepted demonstration of the prompt stands among a task's completions. */
  demonstrations?: boolean;
  /** Whether training uses rankings of simulated labelers. */
  includeSimulated?: boolean;
}

/** The trainer's options of a run, complete. */
export type RunConfig = Record<string, unknown>;

/** A search for model folders: what was new, and which folders are no model, with the reason. */
export interface JobResult {
  imported: number;
  problems: { folder: string; reason: string }[];
}
