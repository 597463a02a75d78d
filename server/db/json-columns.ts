import type { z } from "zod";
import type { Asked } from "../domain/asked";
import type { zSampling } from "../domain/campaign";
import type { Tracking } from "../domain/tracking";
import type { RoundRule } from "../domain/rounds/rule";
import type { Comparing } from "../domain/preference";
import type { Distribution } from "../domain/distribution";
import type { zQualityOptions } from "../domain/quality/options";
import type { zEntry } from "../domain/entry";
import type { ConsentId } from "../domain/ids";
import type { Pay } from "../domain/pay";

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
  /** Its tasks are comparisons of two models' answers; rankings when absent. */
  comparing?: Comparing;
  /** Whether an accepted demonstration of the prompt stands among a task's completions. */
  demonstrations?: boolean;
  /** Whether training uses rankings of simulated labelers. */
  includeSimulated?: boolean;
  /** When it trains by itself and what each round must show; by hand where there is none. */
  rounds?: RoundRule;
  /** Templates of good answers, each under a line "# name". */
  templates?: string;
  /** How tasks are handed out; what is missing is the default. */
  distribution?: Partial<Distribution>;
  /** What it does with what it learns of its labelers; what is missing is the default. */
  quality?: z.input<typeof zQualityOptions>;
  /** What people must answer and show before they get tasks; nothing when absent. */
  entry?: z.input<typeof zEntry>;
  /** The version of its own consent text that is in force; nothing is asked when absent. */
  consentId?: ConsentId;
  /** What accepted work earns; nothing is paid when absent. */
  pay?: Pay;
}

/** The trainer's options of a run, complete. */
export type RunConfig = Record<string, unknown>;

/** Where a run's measurements go too, and what last went wrong with it. */
export type RunTracking = Tracking & { problem?: string };

/** A search for model folders: what was new, and which folders are no model, with the reason. */
export interface JobResult {
  imported: number;
  problems: { folder: string; reason: string }[];
}

/** Bytes of the worker's process. */
export interface RunMemory {
  /** What the run was expected to take at its peak, when it began. */
  estimate: number;
  /** What the machine could give then. */
  available: number;
  /** The most that was seen since the worker began the run. */
  resident?: number;
}

/** A response token by token, in order. */
export interface SampleTokens {
  /** Each as it reads; together they are the response, a stop token by its name included. */
  texts: string[];
  /** log π of the policy when it answered, nats. */
  logProbs: number[];
  /** log π of what it is held near to, nats. */
  refLogProbs: number[];
}
