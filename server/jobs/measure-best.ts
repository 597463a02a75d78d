import { AppError } from "../domain/app-error";
import { isExact } from "../domain/sorter/task";
import { measureBestOfN } from "../ml/rlhf/best-of-n";
import {
  beginRun,
  campaignOf,
  endMeasurement,
  promptTexts,
  type RunRow,
} from "../services/run-record";
import type { Job } from "./define-job";
import { followRun, resumeState } from "./follow-run";
import { MemoryPlan } from "./memory-plan";
import { openRunReward } from "./reward-inputs";
import { openModel } from "./text-models";
import { optionsOfRun } from "./trainers";

/**
 * Measures how much better the best of n answers of a policy is than one, by what the run is rewarded with,
 * and by the truth where a program can tell, which picks nothing.
 */
export async function measureBest(job: Job, run: RunRow): Promise<void> {
  const policy = await openModel(job, run.modelId);
  const campaign = await campaignOf(job, run.campaignId);
  if (!campaign)
    throw new AppError(
      "not-found",
      "The campaign that this run belongs to is gone: start another.",
    );
  const { maxNewTokens } = campaign.config.sampling ?? {};
  const options = optionsOfRun("best-of-n", run, policy, maxNewTokens ? { maxNewTokens } : {});
  await beginRun(job, run, options.all);
  const { prompts, labels } = await promptTexts(job, campaign.id, options.own.split);
  if (prompts.length === 0)
    throw new AppError(
      "conflict",
      options.own.split === "heldout"
        ? "The campaign holds no prompt back: choose split = train, or add prompts."
        : "The campaign has no prompt to answer: add some first.",
    );
  const { source } = await openRunReward(job, run, policy, prompts[0]);
  try {
    const resume = await resumeState(job, run);
    const plan = new MemoryPlan();
    const steps = measureBestOfN(policy, prompts, options.own, {
      resume,
      signal: job.signal,
      planned: plan.tell,
      source,
      labels,
      ...(campaign.verifier === "sort" && { isRight: isExact }),
    });
    await followRun(job, run, steps, { plan, message: "Answers are sampled and scored" });
    await endMeasurement(job, run);
  } finally {
    await source.dispose();
  }
}
