import { AppError } from "../domain/app-error";
import { parameterCount } from "../ml/nn/model";
import { parseConfig } from "../ml/rlhf/config";
import { trainPpo } from "../ml/rlhf/ppo";
import { ppoConfig } from "../ml/rlhf/ppo-config";
import { trainSft } from "../ml/rlhf/sft";
import { sftConfig } from "../ml/rlhf/sft-config";
import {
  beginRun,
  campaignOf,
  demonstrationsOf,
  promptTexts,
  type ModelRow,
  type RunRow,
} from "../services/run-record";
import type { Job } from "./define-job";
import { followRun, resumeState } from "./follow-run";
import { presets } from "./presets";
import { keepModel, openModel } from "./text-models";
import { truthOf, type Truth } from "./truth";

interface FitOptions {
  readonly name: string;
  /** Ends SFT before its last step, by what was measured. */
  readonly enough?: (values: Record<string, number>) => boolean;
  readonly part?: readonly [number, number];
}

/** Measured by program, never given to what trains; empty where no program can tell. */
const measured = async (truth: Truth | null): Promise<Record<string, number>> =>
  truth ? await truth.measure() : {};

/** Fine-tunes a policy on the campaign's accepted demonstrations and registers it, which ends the run. */
export async function fitSft(
  job: Job,
  run: RunRow,
  { name, part, enough }: FitOptions,
): Promise<ModelRow> {
  const policy = await openModel(job, run.modelId);
  const config = parseConfig(sftConfig, { ...presets.sft(), ...run.config, seed: run.seed }, "sft");
  await beginRun(job, run, config);
  const accepted = await demonstrationsOf(job, run.campaignId);
  const examples = (wanted: "train" | "heldout") =>
    accepted.filter(({ split }) => split === wanted);
  const data = examples("train");
  if (data.length === 0)
    throw new AppError(
      "conflict",
      "The campaign has no accepted demonstration to learn from: review what was submitted first.",
    );
  const truth = await truthOf(job, run.campaignId, policy, job.signal);
  try {
    let exact: number | null = null;
    const resume = await resumeState(job, run);
    const evaluation = examples("heldout");
    const steps = trainSft(policy, data, config, { resume, evaluation, signal: job.signal });
    await followRun(job, run, steps, {
      part,
      message: "The model learns from demonstrations",
      async measure({ step, totalSteps }) {
        const every = Math.max(1, Math.floor(totalSteps / (enough ? 100 : 10)));
        if (step !== totalSteps && step % every !== 0) return {};
        const values = await measured(truth);
        exact = values["truth/exact"] ?? null;
        return values;
      },
      enough,
    });
    return await keepModel(job, run, policy, {
      name,
      parent: policy.row,
      exact,
      text: `Fine-tuned on ${data.length} demonstrations.`,
    });
  } finally {
    await truth?.dispose();
  }
}

/**
 * Moves a policy towards what the run's reward model prefers, held near the campaign's SFT model by the KL
 * penalty, and registers it, which ends the run. Truth is measured at every iteration and trains nothing.
 */
export async function fitPpo(job: Job, run: RunRow, { name, part }: FitOptions): Promise<ModelRow> {
  const policy = await openModel(job, run.modelId);
  const reward = await openModel(job, run.rewardModelId);
  const campaign = await campaignOf(job, run.campaignId);
  if (!campaign)
    throw new AppError(
      "not-found",
      "The campaign that this run belongs to is gone: start another.",
    );
  const reference = await openModel(job, campaign.sftModelId ?? run.modelId);
  const prompts = await promptTexts(job, campaign.id, "train");
  const { maxNewTokens } = campaign.config.sampling ?? {};
  const options = {
    ...presets.ppo(parameterCount(policy.config)),
    ...(maxNewTokens && { maxNewTokens }),
    ...run.config,
    seed: run.seed,
  };
  const config = parseConfig(ppoConfig, options, "ppo");
  await beginRun(job, run, config);
  const truth = await truthOf(job, campaign.id, policy, job.signal);
  try {
    let exact: number | null = null;
    const resume = await resumeState(job, run);
    const steps = trainPpo({ policy, reference, reward }, prompts, config, {
      resume,
      signal: job.signal,
    });
    await followRun(job, run, steps, {
      part,
      message: "The policy moves towards what people prefer",
      async measure() {
        const values = await measured(truth);
        exact = values["truth/exact"] ?? null;
        return values;
      },
    });
    return await keepModel(job, run, policy, {
      name,
      parent: policy.row,
      exact,
      text: `Moved by PPO towards the reward model "${reward.row.name}", held near "${reference.row.name}".`,
    });
  } finally {
    await truth?.dispose();
  }
}
