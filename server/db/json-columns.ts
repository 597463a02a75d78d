import type { z } from "zod";
import type { zSampling } from "../domain/campaign";
import type { Pay } from "../domain/pay";

/** What the json columns hold. */

/** How a completion was sampled; empty for one that a person wrote. */
export type SamplingParams = z.output<typeof zSampling>;

/** A campaign's own options; what is missing falls back to the trainers' defaults. */
export interface CampaignConfig {
  sampling?: SamplingParams;
  reward?: Record<string, unknown>;
  ppo?: Record<string, unknown>;
  /** Whether an accepted demonstration of the prompt stands among a task's completions. */
  demonstrations?: boolean;
  /** Whether training uses rankings of simulated labelers. */
  includeSimulated?: boolean;
  /** What accepted work earns; nothing is paid when absent. */
  pay?: Pay;
}

/** The trainer's options of a run, complete. */
export type RunConfig = Record<string, unknown>;

/** A search for model folders: what was new, and which folders are no model, with the reason. */
export interface JobResult {
  imported: number;
  problems: { folder: string; reason: string }[];
}
