import { AppError } from "../domain/app-error";
import { trainDpo } from "../ml/rlhf/dpo";
import { withAdapters } from "../ml/rlhf/lora-options";
import { beginRun, type ModelRow, type RunRow } from "../services/run-record";
import type { Job } from "./define-job";
import { rankingsOf } from "./fit-reward";
import { followRun, resumeState } from "./follow-run";
import { MemoryPlan } from "./memory-plan";
import { keepModel, openModel } from "./text-models";
import { optionsOfRun } from "./trainers";
import { truthOf } from "./truth";

/** Measurements of truth in the course of a run. */
const looks = 10;

/**
 * Moves a policy by the rankings of a snapshot alone, held near where it begins, and registers it, which
 * ends the run.
 */
export async function fitDpo(job: Job, run: RunRow, { name }: { name: string }): Promise<ModelRow> {
  const base = await openModel(job, run.modelId);
  const { own, lora, all } = optionsOfRun("dpo", run, base);
  const policy = withAdapters(base, lora);
  await beginRun(job, run, all);
  const { train, heldout: evaluation } = await rankingsOf(job, run);
  if (train.length === 0)
    throw new AppError(
      "conflict",
      "The snapshot's training part orders no two answers: freeze one after more was ranked.",
    );
  const truth = await truthOf(job, run.campaignId, policy, job.signal);
  try {
    let exact: number | null = null;
    const resume = await resumeState(job, run);
    const plan = new MemoryPlan();
    const { signal } = job;
    const told = { resume, evaluation, signal, planned: plan.tell };
    await followRun(job, run, trainDpo(policy, train, own, told), {
      plan,
      message: "The policy learns from rankings",
      async measure({ step, totalSteps }) {
        const every = Math.max(1, Math.floor(totalSteps / looks));
        if (!truth || (step !== totalSteps && step % every !== 0)) return {};
        const values = await truth.measure();
        exact = values["truth/exact"] ?? null;
        return values;
      },
    });
    return await keepModel(job, run, policy, {
      name,
      parent: base.row,
      exact,
      text: `Moved by DPO on ${train.length} rankings (snapshot ${run.snapshotId}), held near where it began.`,
    });
  } finally {
    await truth?.dispose();
  }
}
