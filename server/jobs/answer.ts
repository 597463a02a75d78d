import { AppError } from "../domain/app-error";
import type { ModelId } from "../domain/ids";
import { minCompletions } from "../domain/ranking";
import { isCalibration, mixAnswers } from "../domain/rounds/calibration";
import { hash32 } from "../domain/sorter/random";
import { createGenerator, type Generator } from "../ml/generate/generator";
import {
  beginCollecting,
  calibrationOf,
  givenAnswers,
  keepTask,
  keepTruth,
  promptsToAnswer,
  roundOf,
  writtenAnswers,
  type Answer,
  type CampaignRow,
  type PromptRow,
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

/**
 * What a task shows: the policy's answers, half of them the old policy's where it has some, and a person's
 * own in the last one's place, unless a policy gave the same.
 */
function choiceOf(
  answers: readonly Answer[],
  old: readonly Answer[],
  written: WrittenAnswer | null,
  count: number,
): (Answer | WrittenAnswer)[] {
  const known = written && [...answers, ...old].some((one) => alike(one, written));
  const stands = written !== null && !known;
  const drawn = mixAnswers(answers, old, stands ? count - 1 : count, alike);
  return stands ? [...drawn, written] : drawn;
}

const alike = (a: { text: string }, b: { text: string }): boolean => readsAs(a.text, b.text);

/** A policy that can be asked, opened when it is first needed: the old one's answers are few. */
class Respondent {
  #open: { policy: KnownModel; generator: Generator } | null = null;

  constructor(
    readonly job: Job,
    readonly modelId: ModelId,
  ) {}

  /** Different answers to each prompt, seeded by the round and the first of them. */
  async answer(
    campaign: CampaignRow,
    prompts: readonly PromptRow[],
    seed: number,
    count = campaign.completionsPerTask,
  ) {
    if (!this.#open) {
      const policy = await openModel(this.job, this.modelId);
      this.#open = { policy, generator: await createGenerator(policy) };
    }
    const { policy, generator } = this.#open;
    const sampling = { ...campaign.config.sampling, count, seed };
    const texts = prompts.map((row) => row.text);
    return await sampleDistinct(policy, generator, texts, sampling, this.job.signal);
  }

  async dispose(): Promise<void> {
    await this.#open?.generator.dispose();
  }
}

/** What the old policy says to the prompts of calibration tasks, each answer marked as its own. */
async function oldAnswers(
  old: Respondent | null,
  campaign: CampaignRow,
  mixed: readonly { prompt: PromptRow }[],
  seed: number,
): Promise<Map<PromptRow, Answer[]>> {
  if (!old || mixed.length === 0) return new Map();
  const prompts = mixed.map(({ prompt }) => prompt);
  const given = await old.answer(campaign, prompts, seed);
  const { modelId } = old;
  return new Map(
    prompts.map((prompt, i) => [
      prompt,
      given[i].map((answer) => Object.assign(answer, { modelId })),
    ]),
  );
}

/**
 * One answer of the round's policy and one of the model that it stands against, to each prompt. Where both read
 * the same there is nothing to compare, and no task.
 */
async function answerPairs(job: Job, about: Answering, againstModelId: ModelId): Promise<number> {
  const { round, campaign } = about;
  const { waiting, answered } = await promptsToAnswer(job, round);
  const wanted = Math.min(campaign.tasksPerRound, answered + waiting.length);
  const policy = new Respondent(job, round.policyModelId);
  const other = new Respondent(job, againstModelId);
  let made = answered;
  try {
    while (made < wanted && waiting.length > 0) {
      const batch = waiting.splice(0, Math.min(promptsAtOnce, wanted - made));
      const seed = hash32(`${round.id} ${batch[0].id}`);
      const own = await policy.answer(campaign, batch, seed, 1);
      const theirs = await other.answer(campaign, batch, seed, 1);
      for (const [i, prompt] of batch.entries()) {
        const [[a], [b]] = [own[i], theirs[i]];
        if (!a || !b || alike(a, b)) continue;
        await keepTask(job, about, prompt, [a, { ...b, modelId: againstModelId }]);
        made++;
      }
      const message = `${made} of ${wanted} prompts answered by both models`;
      await job.progress({ progress: made / wanted, message });
      if (job.stopping()) throw new Released();
    }
  } finally {
    await policy.dispose();
    await other.dispose();
  }
  return made;
}

/** Prompts looked at together for the answers that came with them. */
const givenAtOnce = 200;

/** Tasks of the two answers that came with each prompt; no model is asked. */
async function takeGiven(job: Job, about: Answering): Promise<number> {
  const { round, campaign } = about;
  const { waiting, answered } = await promptsToAnswer(job, round);
  let made = answered;
  while (made < campaign.tasksPerRound && waiting.length > 0) {
    const batch = waiting.splice(0, givenAtOnce);
    const given = await givenAnswers(job, batch);
    for (const prompt of batch) {
      const pair = given.get(prompt.id);
      if (!pair || made >= campaign.tasksPerRound) continue;
      await keepTask(job, about, prompt, pair);
      made++;
    }
    const message = `${made} pairs made tasks`;
    await job.progress({ progress: made / campaign.tasksPerRound, message });
    if (job.stopping()) throw new Released();
  }
  return made;
}

/** @returns how many tasks the round has then */
async function answerAll(job: Job, about: Answering): Promise<number> {
  const { round, campaign } = about;
  const { comparing } = campaign.config;
  if (comparing?.againstModelId === null) return await takeGiven(job, about);
  if (comparing) return await answerPairs(job, about, comparing.againstModelId);
  const { waiting, answered } = await promptsToAnswer(job, round);
  const wanted = Math.min(campaign.tasksPerRound, answered + waiting.length);
  const calibration = await calibrationOf(job, about);
  const policy = new Respondent(job, round.policyModelId);
  const old = calibration && new Respondent(job, calibration.modelId);
  let made = answered;
  try {
    while (made < wanted && waiting.length > 0) {
      const batch = waiting.splice(0, Math.min(promptsAtOnce, wanted - made));
      const seed = hash32(`${round.id} ${batch[0].id}`);
      const answers = await policy.answer(campaign, batch, seed);
      const written = await writtenAnswers(job, campaign, batch);
      const { completionsPerTask: count } = campaign;
      const asked = batch.flatMap((prompt, i) => {
        const about = { prompt, answers: answers[i], written: written[i] };
        const choice = choiceOf(answers[i], [], written[i], count);
        return choice.length < minCompletions ? [] : [about]; // too sure of itself to give a choice
      });
      const mixed = asked.filter((_, i) => isCalibration(made + i, calibration?.share ?? 0));
      const theirs = await oldAnswers(old, campaign, mixed, seed);
      for (const one of asked) {
        const choice = choiceOf(one.answers, theirs.get(one.prompt) ?? [], one.written, count);
        await keepTask(job, about, one.prompt, choice);
        made++;
      }
      const message = `${made} of ${wanted} prompts answered`;
      await job.progress({ progress: made / wanted, message });
      if (job.stopping()) throw new Released();
    }
  } finally {
    await policy.dispose();
    await old?.dispose();
  }
  return made;
}

/** Truth of the policy that this round begins with, unless its training measured it. */
async function measureTruth(job: Job, round: RoundRow): Promise<void> {
  if (round.exact !== null) return;
  const policy = await openModel(job, round.policyModelId);
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
    const { comparing } = about.campaign.config;
    // where no model answers, none is opened
    if (comparing?.againstModelId !== null) await measureTruth(job, round);
    if ((await answerAll(job, about)) === 0)
      throw new AppError(
        "conflict",
        comparing?.againstModelId === null
          ? "No prompt came with two answers: import prompts that do, then mend the round."
          : comparing
            ? "The two models give the same answer to every prompt: raise the sampling temperature in the campaign's settings, or compare another model, then mend the round."
            : `The policy gives fewer than ${minCompletions} different answers to every prompt: raise the sampling temperature in the campaign's settings, then mend the round.`,
      );
    await measureUncertainty(job, about);
    await beginCollecting(job, round);
  },
});
