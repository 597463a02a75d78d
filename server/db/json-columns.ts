/** What the json columns hold. */

/** How a completion was sampled. */
export interface SamplingParams {
  temperature?: number;
  topK?: number;
  topP?: number;
  maxNewTokens?: number;
}

/** A campaign's own options; what is missing falls back to the trainers' defaults. */
export interface CampaignConfig {
  sampling?: SamplingParams;
  reward?: Record<string, unknown>;
  ppo?: Record<string, unknown>;
  /** Whether training uses rankings of simulated labelers. */
  includeSimulated?: boolean;
}

/** The trainer's options of a run, complete. */
export type RunConfig = Record<string, unknown>;
