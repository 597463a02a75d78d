import type { z } from "zod";
import type { zSampling } from "../domain/campaign";
import type { Distribution } from "../domain/distribution";
import type { zQualityOptions } from "../domain/quality/options";

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
  /** Templates of good answers, each under a line "# name". */
  templates?: string;
  /** How tasks are handed out; what is missing is the default. */
  distribution?: Partial<Distribution>;
  /** What it does with what it learns of its labelers; what is missing is the default. */
  quality?: z.input<typeof zQualityOptions>;
}

/** The trainer's options of a run, complete. */
export type RunConfig = Record<string, unknown>;

/** A search for model folders: what was new, and which folders are no model, with the reason. */
export interface JobResult {
  imported: number;
  problems: { folder: string; reason: string }[];
}
