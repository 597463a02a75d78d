import { mkdir, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { type Command, Option } from "commander";
import { AppError } from "../domain/app-error";
import { shellRecipe, siteRecipe } from "../domain/sorter/recipe";
import { saveModel } from "../ml/checkpoint/save-model";
import type { RankedExample, TextModel } from "../ml/rlhf/data";
import { breathe, listenForInterrupt } from "./interrupt";
import { type ComputeFlags, computeOptions, examples } from "./options";
import { createOutput, duration, type Output, short } from "./output";
import { chooseProvider } from "./provider";
import { type CircleResult, runCircle, type Stage } from "./sorter-circle";
import { type SorterMethod, sorterMethods } from "./sorter-methods";

interface Flags extends ComputeFlags {
  readonly out: string;
  readonly size: keyof typeof recipes;
  readonly method: SorterMethod;
  readonly freezeReward?: boolean;
}

/** Thousands of simulated rankings, or as many a round as a few people give. */
const recipes = { shell: shellRecipe, site: siteRecipe } as const;

export function exampleSort(parent: Command): void {
  const command = parent
    .command("sort")
    .description(
      "the whole circle on lists to sort: demonstrate, rank, reward, improve, rank again",
    )
    .requiredOption("--out <dir>", "folder for the models and the rankings that it makes")
    .addOption(
      new Option(
        "--size <size>",
        "how much is ranked: thousands, or what the site's demo asks of people",
      )
        .choices(Object.keys(recipes))
        .default("shell"),
    )
    .addOption(
      new Option("--method <method>", "what moves the policy; dpo has no reward model")
        .choices(sorterMethods)
        .default("ppo"),
    )
    .option("--freeze-reward", "do not rank again: watch the policy game its reward model");
  examples(
    computeOptions(command),
    `
Random weights learn from demonstrations, about half of which put the largest number first: their authors
misread the task. So the model has the skill, slips now and then, and does not know which way is wanted.
Then simulated labelers rank answers, a reward model learns what they prefer, and PPO (or RLOO, or GRPO)
moves the policy, over and over. DPO moves it by the rankings themselves.
"exact" is the share of held-out lists whose greedy answer is exactly right. A program measures it,
and nothing that learns ever sees it. With --freeze-reward people rank only once, and after the first
round PPO is hardly held near the SFT model: the score goes up and the truth falls, which is why the
circle is one, and why there is a KL penalty.
Example:
  $ revealed example sort --seed 1 --out sorter
  $ revealed generate --model sorter/policy --prompts prompts.jsonl --k 4 --max-new-tokens 10 --out answers.jsonl`,
  ).action(async (flags: Flags) => {
    const output = createOutput(flags);
    const { seed = 1, method, freezeReward } = flags;
    if (method === "dpo" && freezeReward)
      throw new AppError(
        "bad-input",
        "--method dpo has no reward model to freeze; leave --freeze-reward out, or take another method.",
      );
    if (existsSync(path.join(flags.out, "run.json")))
      throw new AppError("conflict", `${flags.out} already holds an example; give another --out.`);
    const provider = await chooseProvider(flags.ep, output);
    await mkdir(flags.out, { recursive: true });
    output.note(HEADER);
    const control = new AbortController();
    const interrupt = listenForInterrupt(() => control.abort());
    try {
      const result = await runCircle(recipes[flags.size], {
        seed,
        method,
        freezeReward,
        provider,
        signal: control.signal,
        onStage: (stage) => output.note(lineOf(stage)),
        onStep: async (what, { step, totalSteps, metrics }) => {
          const score = metrics["objective/scores"];
          const [name, value] = score === undefined ? ["loss", metrics.loss] : ["score", score];
          output.progress(step, totalSteps, { [what]: "", [name]: value });
          await breathe();
        },
      });
      await save(flags, { seed, provider }, result);
      tell(flags, result.stages, output);
    } catch (error) {
      if (!control.signal.aborted) throw error;
      throw new AppError(
        "cancelled",
        "interrupted: the example keeps no checkpoint, and nothing is left; the same command begins again, and the same seed gives the same result.",
        { cause: error },
      );
    } finally {
      interrupt.dispose();
    }
  });
}

function tell(flags: Flags, stages: readonly Stage[], output: Output): void {
  const { seconds } = stages.at(-1)!;
  output.result({ seconds, stages, out: flags.out }, [
    HEADER,
    ...stages.map(lineOf),
    summary(stages, Boolean(flags.freezeReward)),
  ]);
}

const HEADER = "stage    rankings   exact   score      KL   pairs right   seconds";

function lineOf({ stage, rankings, exact, score, kl, accuracy, seconds }: Stage): string {
  const cell = (value: number | undefined, digits: number, width: number) =>
    (value === undefined ? "" : value.toFixed(digits)).padStart(width);
  return [
    stage.padEnd(8),
    cell(rankings, 0, 9),
    cell(exact, 3, 8),
    cell(score, 2, 8),
    cell(kl, 2, 8),
    cell(accuracy, 3, 14),
    cell(seconds, 0, 10),
  ].join("");
}

function summary(stages: readonly Stage[], frozen: boolean): string {
  const [first] = stages;
  const last = stages.at(-1)!;
  const scores = stages.flatMap(({ score }) => (score === undefined ? [] : [score]));
  const told = `exact ${short(first.exact)} → ${short(last.exact)} by ${last.rankings} rankings in ${duration(last.seconds)}`;
  return frozen
    ? `${told}; the frozen reward model's score went ${short(scores[0])} → ${short(scores.at(-1)!)}`
    : told;
}

async function save(
  { out, size, method, freezeReward }: Flags,
  { seed, provider }: { seed: number; provider: string },
  result: CircleResult,
): Promise<void> {
  const { sft, reward, policy } = result;
  const folders: [name: string, model: TextModel, text: string][] = [
    ["sft", sft, "Learnt from demonstrations of sorting, stopped while it still erred."],
    ["policy", policy, `Improved by ${method.toUpperCase()} by what simulated labelers prefer.`],
  ];
  if (reward)
    folders.push(["reward", reward, "What simulated labelers prefer among sorted lists."]);
  for (const [name, model, text] of folders)
    await saveModel(path.join(out, name), model, model.tokenizer, {
      card: { name: `sorter ${name}`, text },
    });
  const rows = result.rankings.map((ranking, i) => JSON.stringify(kwiseRow(ranking, i)));
  await writeFile(path.join(out, "rankings.jsonl"), `${rows.join("\n")}\n`);
  const run = {
    kind: "example sort",
    seed,
    provider,
    method,
    freezeReward: Boolean(freezeReward),
    size,
    recipe: recipes[size],
  };
  const text = JSON.stringify({ ...run, stages: result.stages }, null, 2);
  await writeFile(path.join(out, "run.json"), `${text}\n`);
}

/** A row of the K-wise format; every labeler here is a program and says so. */
function kwiseRow({ prompt, completions, groups }: RankedExample, index: number) {
  const id = (i: number) => `${index}-${i}`;
  return {
    prompt,
    completions: completions.map((text, i) => ({ id: id(i), text })),
    ranking: groups.map((group) => group.map(id)),
    not_rankable: [],
    labeler: "simulated",
    simulated: true,
  };
}
