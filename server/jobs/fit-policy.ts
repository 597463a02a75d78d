import { AppError } from "../domain/app-error";
import { splitDemonstrations } from "../domain/demonstration-split";
import { isRewarded, type RewardedKind } from "../domain/run-kinds";
import { trainGrpo, trainRloo } from "../ml/rlhf/group";
import { withAdapters } from "../ml/rlhf/lora-options";
import { type PpoModels, type PpoRunOptions, trainPpo } from "../ml/rlhf/ppo";
import { trainSft } from "../ml/rlhf/sft";
import type { Step } from "../ml/rlhf/step";
import {
  beginRun,
  campaignOf,
  demonstrationsOf,
  promptTexts,
  type ModelRow,
  type RunRow,
} from "../services/run-record";
import { inputsOfRun } from "../services/run-inputs";
import type { Job } from "./define-job";
import { followRun, resumeState } from "./follow-run";
import { MemoryPlan } from "./memory-plan";
import { ptxTexts } from "./ptx-texts";
import { openRunReward } from "./reward-inputs";
import { keepModel, openModel } from "./text-models";
import { type RunOptions, optionsOfRun } from "./trainers";
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
  const base = await openModel(job, run.modelId);
  const options = optionsOfRun("sft", run, base);
  const policy = withAdapters(base, options.lora);
  await beginRun(job, run, options.all);
  const accepted = await demonstrationsOf(job, run.campaignId);
  const { train: data, heldout } = splitDemonstrations(accepted, options.own, options.own.seed);
  if (data.length === 0)
    throw new AppError(
      "conflict",
      "The campaign has no accepted demonstration to learn from: review what was submitted first.",
    );
  const truth = await truthOf(job, run.campaignId, policy, job.signal);
  try {
    let exact: number | null = null;
    const resume = await resumeState(job, run);
    const plan = new MemoryPlan();
    const steps = trainSft(policy, data, options.own, {
      resume,
      evaluation: heldout,
      signal: job.signal,
      planned: plan.tell,
    });
    await followRun(job, run, steps, {
      plan,
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
      text: `Fine-tuned on ${data.length} demonstrations${heldout.length > 0 ? `, measured on ${heldout.length} others` : ""}.`,
    });
  } finally {
    await truth?.dispose();
  }
}

/** @returns the steps of the run's method */
function rewardedSteps(
  kind: RewardedKind,
  models: Omit<PpoModels, "value">,
  prompts: readonly string[],
  { own }: RunOptions<RewardedKind>,
  run: PpoRunOptions,
): AsyncGenerator<Step, void> {
  const train = { ppo: trainPpo, rloo: trainRloo, grpo: trainGrpo }[kind];
  return train(models, prompts, own, run);
}

/**
 * Moves a policy by PPO, RLOO or GRPO towards what the run's reward model prefers, held near the campaign's
 * SFT model by the KL penalty, and registers it, which ends the run. Truth is measured at every iteration
 * and trains nothing.
 */
export async function fitPpo(job: Job, run: RunRow, { name, part }: FitOptions): Promise<ModelRow> {
  const kind: RewardedKind = isRewarded(run.kind) ? run.kind : "ppo";
  const base = await openModel(job, run.modelId);
  const campaign = await campaignOf(job, run.campaignId);
  if (!campaign)
    throw new AppError(
      "not-found",
      "The campaign that this run belongs to is gone: start another.",
    );
  const reference = await openModel(job, campaign.sftModelId ?? run.modelId);
  const { prompts, labels } = await promptTexts(job, campaign.id, "train");
  const { maxNewTokens } = campaign.config.sampling ?? {};
  const options = optionsOfRun(kind, run, base, maxNewTokens ? { maxNewTokens } : {});
  const policy = withAdapters(base, options.lora);
  await beginRun(job, run, options.all);
  if (prompts.length === 0)
    throw new AppError("conflict", "The campaign has no prompt to practise on: add some first.");
  const texts = await ptxTexts(job, (await inputsOfRun(job.db.read, run)).ptx);
  const reward = await openRunReward(job, run, policy, prompts[0]);
  const truth = await truthOf(job, campaign.id, policy, job.signal).catch(
    async (error: unknown) => {
      await reward.source.dispose();
      throw error;
    },
  );
  try {
    let exact: number | null = null;
    const resume = await resumeState(job, run);
    const models = { policy, reference, reward: reward.models };
    const plan = new MemoryPlan();
    const steps = rewardedSteps(kind, models, prompts, options, {
      resume,
      signal: job.signal,
      planned: plan.tell,
      source: reward.source,
      labels,
      texts,
    });
    await followRun(job, run, steps, {
      plan,
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
      text: `Moved by ${kind.toUpperCase()} towards what ${reward.names.join(" + ")} rewards, held near "${reference.row.name}".`,
    });
  } finally {
    await truth?.dispose();
    await reward.source.dispose();
  }
}
