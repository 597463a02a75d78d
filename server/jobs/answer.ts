import { AppError } from "../domain/app-error";
import { minCompletions } from "../domain/ranking";
import { hash32 } from "../domain/sorter/random";
import { createGenerator } from "../ml/generate/generator";
import {
  beginCollecting,
  keepTask,
  keepTruth,
  promptsToAnswer,
  roundOf,
  writtenAnswers,
  type Answer,
  type CampaignRow,
  type RoundRow,
  type WrittenAnswer,
} from "../services/answering";
import { defineJob, Released, type Job } from "./define-job";
import { measureUncertainty } from "./measure-uncertainty";
import { readsAs, sampleDistinct } from "./sample-distinct";
import { openModel, type KnownModel } from "./text-models";
import { truthOf } from "./truth";

/** Prompts answered together: a batch wide enough to be fast, small enough that a crash costs seconds. */
const promptsAtOnce = 8;

interface Answering {
  round: RoundRow;
  campaign: CampaignRow;
}

/** A person's own answer takes the place of the last drawn one, unless the policy gave the same. */
function choiceOf(answers: readonly Answer[], written: WrittenAnswer | null, count: number) {
  if (!written || answers.some(({ text }) => readsAs(text, written.text))) return answers;
  return [...answers.slice(0, count - 1), written];
}

/** @returns how many tasks the round has then */
async function answerAll(job: Job, about: Answering, policy: KnownModel): Promise<number> {
  const { round, campaign } = about;
  const { waiting, answered } = await promptsToAnswer(job, round);
  const wanted = Math.min(campaign.tasksPerRound, answered + waiting.length);
  const generator = await createGenerator(policy);
  let made = answered;
  try {
    while (made < wanted && waiting.length > 0) {
      const batch = waiting.splice(0, Math.min(promptsAtOnce, wanted - made));
      const texts = batch.map((row) => row.text);
      const seed = hash32(`${round.id} ${batch[0].id}`);
      const sampling = { ...campaign.config.sampling, count: campaign.completionsPerTask, seed };
      const answers = await sampleDistinct(policy, generator, texts, sampling, job.signal);
      const written = await writtenAnswers(job, campaign, batch);
      for (const [i, prompt] of batch.entries()) {
        const choice = choiceOf(answers[i], written[i], campaign.completionsPerTask);
        if (choice.length < minCompletions) continue; // too sure of itself to give a choice
        await keepTask(job, about, prompt, choice);
        made++;
      }
      const message = `${made} of ${wanted} prompts answered`;
      await job.progress({ progress: made / wanted, message });
      if (job.stopping()) throw new Released();
    }
  } finally {
    await generator.dispose();
  }
  return made;
}

/** Truth of the policy that this round begins with, unless its training measured it. */
async function measureTruth(job: Job, round: RoundRow, policy: KnownModel): Promise<void> {
  if (round.exact !== null) return;
  const truth = await truthOf(job, round.campaignId, policy, job.signal);
  if (!truth) return;
  try {
    await keepTruth(job, round, (await truth.measure())["truth/exact"]);
  } finally {
    await truth.dispose();
  }
}

/**
 * The round's policy gives K different completions to each of its prompts, and each becomes a task. Begun
 * again after a crash it answers only what is missing.
 */
export const answerJob = defineJob({
  name: "answer",
  async run({ roundId }, job) {
    const about = await roundOf(job, roundId);
    const { round } = about;
    if (round.status !== "answering") return;
    await job.progress({ progress: 0, message: "The policy answers its prompts" });
    const policy = await openModel(job, round.policyModelId);
    await measureTruth(job, round, policy);
    if ((await answerAll(job, about, policy)) === 0)
      throw new AppError(
        "conflict",
        `The policy gives fewer than ${minCompletions} different answers to every prompt: raise the sampling temperature in the campaign's settings, then mend the round.`,
      );
    await measureUncertainty(job, about);
    await beginCollecting(job, round);
  },
});
