import path from "node:path";
import { type LoadedModel, loadModel } from "../ml/checkpoint/load-model";
import type { RankedExample, TextModel } from "../ml/rlhf/data";
import { trainReward } from "../ml/rlhf/reward";
import type { RewardOptions } from "../ml/rlhf/reward-config";
import { rewardModelFrom } from "../ml/rlhf/reward-model";
import { evaluateReward } from "../ml/rlhf/reward-report";
import { runSteps } from "../ml/rlhf/step";
import { Random } from "../ml/runtime/random";
import { CsvTable } from "./csv";
import { type DebateRanking, foldsOf, readDebates } from "./debates";
import { results } from "./results";

export const ALL_FOLDS = [0, 1, 2, 3, 4];
export const TEST_FOLDS = [0, 1, 2];
export const SEEDS = [1, 2, 3, 4, 5];
/** Rankings that are learnt from; null for all that there are. */
const SIZES = [null, 50, 100, 200, 400];

/** Cut off the prompt on the left where a long argument leaves no room for it. */
const overlong = "truncate";

export const argumentsTable = new CsvTable(path.join(results, "arguments.csv"), [
  "fold",
  "seed",
  "size",
  "rankings",
  "accuracy",
  "pairs",
  "alike_accuracy",
  "alike_pairs",
  "longer_wins",
]);

/** Rankings of debates with the model that a reward model starts from. */
export interface Arguments {
  readonly model: LoadedModel;
  readonly rankings: readonly DebateRanking[];
}

export async function openArguments(data: string, folder: string): Promise<Arguments> {
  const model = await loadModel(folder);
  return { model, rankings: await readDebates(data, model.tokenizer) };
}

/** The rankings of some folds. */
export function ofFolds({ rankings }: Arguments, wanted: readonly number[]): RankedExample[] {
  const folds = foldsOf(rankings);
  return rankings
    .filter(({ debate }) => wanted.includes(folds.get(debate)!))
    .map(({ example }) => example);
}

/** A reward model that has learnt from `data`. */
export async function fit(
  { model }: Arguments,
  data: readonly RankedExample[],
  options: RewardOptions,
): Promise<TextModel> {
  const reward = rewardModelFrom(model, options.seed ?? 0);
  await runSteps(trainReward(reward, data, { ...options, overlong }));
  return reward;
}

/** What a row of a table says of a reward model on debates that it never read. */
export async function measure(reward: TextModel, heldOut: readonly RankedExample[]) {
  const report = await evaluateReward(reward, heldOut, { overlong });
  return {
    accuracy: report.accuracy,
    pairs: report.pairs,
    alike_accuracy: report.alikeInLength.accuracy ?? undefined,
    alike_pairs: report.alikeInLength.pairs,
    longer_wins: report.lengthBaseline,
  };
}

/** The rankings of all debates but those of a test fold, in the seed's order. */
export function learntFor(all: Arguments, fold: number, seed: number): RankedExample[] {
  const others = ofFolds(
    all,
    ALL_FOLDS.filter((other) => other !== fold),
  );
  return new Random(seed).fork("rankings to learn from").shuffle(others);
}

/**
 * Reward models on all debates but those of a test fold, five seeds, and on fewer and fewer of their
 * rankings: the first so many of an order drawn by the seed. What the table has is not done again.
 */
export async function measureArguments(
  all: Arguments,
  options: RewardOptions,
  note: (text: string) => void,
): Promise<void> {
  for (const size of SIZES) {
    for (const seed of SEEDS) {
      for (const fold of TEST_FOLDS) {
        const name = size ?? "all";
        const done = await argumentsTable.rows();
        if (done.some((row) => row.fold === fold && row.seed === seed && row.size === name))
          continue;
        const data = learntFor(all, fold, seed).slice(0, size ?? undefined);
        const reward = await fit(all, data, { ...options, seed });
        const measured = await measure(reward, ofFolds(all, [fold]));
        const row = { fold, seed, size: name, rankings: data.length, ...measured };
        await argumentsTable.add([row]);
        note(
          `fold ${fold}, seed ${seed}, ${name} rankings: accuracy ${measured.accuracy.toFixed(3)}`,
        );
      }
    }
  }
}
