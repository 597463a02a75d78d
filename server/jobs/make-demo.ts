import path from "node:path";
import { demonstrate, demonstrateDownwards } from "../domain/sorter/demonstrations";
import { seededUniform } from "../domain/sorter/random";
import { makePrompts, rightAnswer } from "../domain/sorter/task";
import { architectureOf } from "../ml/checkpoint/config-write";
import { saveModel } from "../ml/checkpoint/save-model";
import { parameterCount } from "../ml/nn/model";
import { smallModel } from "../ml/rlhf/small-model";
import { demoRun, openDemo, seedDemo, type DemoSeed } from "../services/demo";
import { modelAt, registerModel, type ModelRow } from "../services/run-record";
import { outputOf } from "../services/round-training";
import { defineJob, type Job } from "./define-job";
import { fitSft } from "./fit-policy";
import { demo } from "./demo-recipe";

const seed = 1;

const guidelines = `Each answer should be the numbers of the list **in order, smallest first**: every number as often as the list has it, and nothing else.

1. An answer that is exactly right comes first.
2. Then those that are nearly in order, with the right numbers.
3. Then those the wrong way round, largest first.
4. Last those that lose, invent or repeat numbers.

Equally good answers share a place: ties are welcome.

*How this began:* half of the demonstrations that taught the first model put the largest number first. It learned both. Your rankings decide.`;

/** One of the two authors took "sort" to mean largest first. */
function demonstrationOf(prompt: string): { text: string; author: 0 | 1 } {
  const misread = seededUniform(`misread ${prompt}`)() < demo.downwards;
  const { completion } = misread ? demonstrateDownwards(prompt) : demonstrate(prompt);
  return { text: completion, author: misread ? 1 : 0 };
}

function demoSeed(): DemoSeed {
  const { length, demonstrations, heldout, sampling, reward, ppo } = demo;
  const train = makePrompts({ split: "train", count: demonstrations, length, seed });
  const judged = makePrompts({ split: "heldout", count: heldout, length, seed });
  return {
    name: "Sorting lists",
    guidelines,
    config: { sampling, reward, ppo, demonstrations: true, includeSimulated: true },
    completionsPerTask: demo.completionsPerTask,
    tasksPerRound: demo.tasksPerRound,
    prompts: [
      ...train.map((text) => ({ text, split: "train" as const, answer: demonstrationOf(text) })),
      ...judged.map((text) => ({ text, split: "heldout" as const, answer: null })),
    ],
  };
}

/** A model that knows nothing yet: random weights, and a tokenizer with a token a number. */
async function untrained(job: Job): Promise<ModelRow> {
  const folder = path.join(job.folders.models, "sorter-untrained");
  const known = await modelAt(job, folder);
  if (known) return known;
  const texts = makePrompts({ split: "train", count: 500, length: demo.length, seed });
  const model = smallModel([...texts, ...texts.map(rightAnswer)], demo.model, seed);
  const name = "Sorter, untrained";
  const { hash } = await saveModel(folder, model, model.tokenizer, {
    card: { name, text: "Random weights: where the demo begins." },
  });
  return await registerModel(job, {
    name,
    kind: "policy",
    path: folder,
    hash,
    architecture: architectureOf(model.config),
    parameters: parameterCount(model.config),
    source: "trained",
  });
}

/**
 * What a fresh install starts with: a campaign of lists to sort, and a small model that is taught by
 * demonstrations of which half are the wrong way round, so that rankings have something to improve.
 * Each part finds what was done before a crash.
 */
export const makeDemoJob = defineJob({
  name: "make-demo",
  async run(_, job) {
    await job.progress({ progress: 0, message: "Prompts and demonstrations are written" });
    const campaign = await seedDemo(job, demoSeed());
    const start = await untrained(job);
    const run = await demoRun(job, campaign.id, start.id, demo.sft);
    const name = `${campaign.name} · policy 1`;
    const enough = (values: Record<string, number>) =>
      (values["truth/ordered"] ?? 0) >= demo.stopAtOrdered;
    const policy = (await outputOf(job, run)) ?? (await fitSft(job, run, { name, enough }));
    await openDemo(job, campaign, policy.id);
  },
});
