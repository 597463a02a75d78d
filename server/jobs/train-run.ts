import type { RunId } from "../domain/ids";
import { type RunKind, runKinds } from "../domain/run-kinds";
import { campaignOf, runOf, type RunRow } from "../services/run-record";
import { defineJob, type Job } from "./define-job";
import { fitDpo } from "./fit-dpo";
import { fitPpo, fitSft } from "./fit-policy";
import { measureBest } from "./measure-best";
import { fitReward } from "./fit-reward";

const words: Record<RunKind, string> = {
  sft: "fine-tuned",
  reward: "reward",
  ppo: "policy",
  rloo: "policy (RLOO)",
  grpo: "policy (GRPO)",
  dpo: "policy (DPO)",
  "best-of-n": "best of n",
};

async function train(runId: RunId, job: Job): Promise<void> {
  const run = await runOf(job, runId);
  if (run.status === "done") return; // killed between the end of the run and the end of its job
  const name = await nameOf(job, run);
  if (run.kind === "sft") await fitSft(job, run, { name });
  else if (run.kind === "reward") await fitReward(job, run, { name });
  else if (run.kind === "dpo") await fitDpo(job, run, { name });
  else if (run.kind === "best-of-n") await measureBest(job, run);
  else await fitPpo(job, run, { name });
}

async function nameOf(job: Job, run: RunRow): Promise<string> {
  const campaign = await campaignOf(job, run.campaignId);
  const day = run.createdAt.toISOString().slice(0, 16).replace("T", " ");
  return `${campaign ? campaign.name : "Model"} · ${words[run.kind]} ${day}`;
}

const define = (kind: RunKind) =>
  defineJob({ name: `train-${kind}`, run: ({ runId }, job) => train(runId, job) });

/** Runs that a researcher starts, outside a campaign's rounds. */
export const trainRunJobs = runKinds.map(define);
