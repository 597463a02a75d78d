import path from "node:path";
import { type LoadedModel, loadModel } from "../ml/checkpoint/load-model";
import type { RankedExample } from "../ml/rlhf/data";
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

/** Columns of what a reward model learnt from and how it did. */
export const measuredColumns = [
  "rankings",
  "accuracy",
  "pairs",
  "alike_accuracy",
  "alike_pairs",
  "longer_wins",
];

export const argumentsTable = new CsvTable(path.join(results, "arguments.csv"), [
  "fold",
  "seed",
  "size",
  ...measuredColumns,
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

/**
 * Fits a reward model, with one thread: the order of sums, and so the last digits, depend on their number.
 * @returns what measures it on rankings of debates that it never read
 */
export async function fit(
  { model }: Arguments,
  data: readonly RankedExample[],
  options: RewardOptions,
) {
  const reward = rewardModelFrom(model, options.seed ?? 0);
  const whole: RewardOptions = { tokensPerPass: 4096, ...options, overlong };
  await runSteps(trainReward(reward, data, whole, { threads: 1 }));
  return async (heldOut: readonly RankedExample[]) => {
    const report = await evaluateReward(reward, heldOut, { overlong });
    return {
      rankings: data.length,
      accuracy: report.accuracy,
      pairs: report.pairs,
      alike_accuracy: report.alikeInLength.accuracy ?? undefined,
      alike_pairs: report.alikeInLength.pairs,
      longer_wins: report.lengthBaseline,
    };
  };
}

/**
 * Fits a reward model to all debates but those of a test fold, and measures it on these.
 * @param size how many rankings it learns from, the first of an order drawn by the seed; null for all
 */
export async function measureWithout(
  all: Arguments,
  fold: number,
  options: RewardOptions & { seed: number },
  size: number | null = null,
) {
  const others = ofFolds(
    all,
    ALL_FOLDS.filter((other) => other !== fold),
  );
  const order = new Random(options.seed).fork("rankings to learn from").shuffle(others);
  const measure = await fit(all, order.slice(0, size ?? undefined), options);
  return await measure(ofFolds(all, [fold]));
}

/**
 * Reward models on all debates but those of a test fold, five seeds, and on fewer and fewer of their
 * rankings. What the table has is not done again.
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
        const measured = await measureWithout(all, fold, { ...options, seed }, size);
        await argumentsTable.add([{ fold, seed, size: name, ...measured }]);
        note(
          `fold ${fold}, seed ${seed}, ${name} rankings: accuracy ${measured.accuracy.toFixed(3)}`,
        );
      }
    }
  }
}
