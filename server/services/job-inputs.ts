import { z } from "zod";
import { zCampaignId, zRoundId, zRunId } from "../domain/ids";

/** Every job there is, with what it is given. Services queue them; `jobs/` does them. */
export const jobInputs = {
  /** The round's policy answers its prompts, and tasks are made of the answers. */
  answer: z.object({ roundId: zRoundId }),
  "train-sft": z.object({ runId: zRunId }),
  "train-reward": z.object({ runId: zRunId }),
  "train-ppo": z.object({ runId: zRunId }),
  "train-rloo": z.object({ runId: zRunId }),
  "train-grpo": z.object({ runId: zRunId }),
  "train-dpo": z.object({ runId: zRunId }),
  /** Trains nothing: measures what picking the best of n answers would give. */
  "train-best-of-n": z.object({ runId: zRunId }),
  /** One turn of the circle: snapshot, reward model, PPO, truth, next round. */
  "train-round": z.object({ roundId: zRoundId }),
  /** Looks for model folders that were dropped in. */
  "import-models": z.object({}),
  /** Trains the sorter that a fresh install starts with, and opens its campaign. */
  "make-demo": z.object({}),
  /** Simulated labelers rank. */
  simulate: z.object({
    campaignId: zCampaignId,
    rankings: z.int().min(1).max(100_000),
    noise: z.number().min(0).max(1).optional(),
  }),
  /** Prompts are sorted by what they are about. */
  "cluster-prompts": z.object({
    campaignId: zCampaignId,
    /** How many; by the number of prompts when absent. */
    clusters: z.int().min(2).max(200).optional(),
    /** Also those that are in a cluster already. */
    all: z.boolean().default(false),
    seed: z.int().min(0).default(0),
  }),
} as const;

export type JobName = keyof typeof jobInputs;
export type JobInput<Name extends JobName> = z.output<(typeof jobInputs)[Name]>;

/** What a person waits for goes before what takes long. */
export const jobPriority: Record<JobName, number> = {
  "import-models": 30,
  simulate: 20,
  "cluster-prompts": 20,
  answer: 10,
  "make-demo": 10,
  "train-round": 0,
  "train-sft": 0,
  "train-reward": 0,
  "train-ppo": 0,
  "train-rloo": 0,
  "train-grpo": 0,
  "train-dpo": 0,
  "train-best-of-n": 0,
};
