import path from "node:path";
import type { RewardOptions } from "../ml/rlhf/reward-config";
import { type Arguments, fitAndMeasure, ofFolds, TEST_FOLDS } from "./arguments";
import { CsvTable } from "./csv";
import { results } from "./results";
import { groupBy, mean } from "./statistics";

const plain = { learningRate: 1e-3, batchSize: 8, epochs: 1 };

/** What may become the preset, by the name that the table gives it. */
const candidates: Readonly<Record<string, RewardOptions>> = {
  "lr 2e-4; batch 2; 2 epochs": { learningRate: 2e-4, batchSize: 2, epochs: 2 },
  "lr 3e-4; batch 8; 2 epochs": { learningRate: 3e-4, batchSize: 8, epochs: 2 },
  "lr 1e-3; batch 8; 1 epoch": plain,
  "lr 1e-3; batch 8; 3 epochs": { ...plain, epochs: 3 },
  "lr 1e-3; batch 32; 2 epochs": { learningRate: 1e-3, batchSize: 32, epochs: 2 },
  "lr 1e-3; batch 2; 1 epoch; no embedding": {
    learningRate: 1e-3,
    batchSize: 2,
    epochs: 1,
    frozen: "model.embed_tokens.weight",
  },
  "lr 1e-3; batch 8; 1 epoch; words 0.3": { ...plain, wordReplacement: 0.3 },
  "lr 1e-3; batch 8; 1 epoch; words 0.5": { ...plain, wordReplacement: 0.5 },
  "lr 1e-3; batch 8; 3 epochs; words 0.5; ema 0.99": {
    ...plain,
    epochs: 3,
    wordReplacement: 0.5,
    emaDecay: 0.99,
  },
};

/** No ranking of these is ever tested on, and no ranking of a test fold measures a candidate. */
const DEVELOPMENT_FOLDS = [3, 4];

export const choiceTable = new CsvTable(path.join(results, "arguments-choice.csv"), [
  "candidate",
  "test_fold",
  "seed",
  "rankings",
  "accuracy",
  "pairs",
  "alike_accuracy",
  "alike_pairs",
  "longer_wins",
]);

/** Candidates this near to the best one's accuracy after the first seed are fitted with these seeds too. */
const NEAR = 0.003;
const FURTHER_SEEDS = [2, 3];

/**
 * For each test fold: fits the candidates to the other two of folds 0 to 2, and measures them on folds 3
 * and 4, so that not a single ranking of the test fold has a part in what is chosen for it.
 */
export async function measureCandidates(
  all: Arguments,
  note: (text: string) => void,
): Promise<void> {
  const heldOut = ofFolds(all, DEVELOPMENT_FOLDS);
  const measure = async (candidate: string, seed: number) => {
    for (const fold of TEST_FOLDS) {
      const done = await choiceTable.rows();
      const isDone = done.some(
        (row) => row.candidate === candidate && row.test_fold === fold && row.seed === seed,
      );
      if (isDone) continue;
      const others = TEST_FOLDS.filter((other) => other !== fold);
      const options = { tokensPerPass: 4096, ...candidates[candidate], seed };
      const measured = await fitAndMeasure(all, ofFolds(all, others), heldOut, options);
      await choiceTable.add([{ candidate, test_fold: fold, seed, ...measured }]);
      const accuracy = measured.accuracy.toFixed(3);
      note(
        `${candidate}, seed ${seed}, without fold ${fold}: accuracy ${accuracy} on folds 3 and 4`,
      );
    }
  };
  for (const candidate of Object.keys(candidates)) await measure(candidate, 1);
  for (const candidate of finalists(await choiceTable.rows()))
    for (const seed of FURTHER_SEEDS) await measure(candidate, seed);
}

type Rows = Awaited<ReturnType<CsvTable["rows"]>>;

const accuracies = (rows: Rows): [candidate: string, accuracy: number][] =>
  [...groupBy(rows, (row) => String(row.candidate))].map(([candidate, group]) => [
    candidate,
    mean(group.map((row) => Number(row.accuracy))),
  ]);

function finalists(rows: Rows): string[] {
  const means = accuracies(rows.filter((row) => row.seed === 1));
  const best = Math.max(...means.map(([, accuracy]) => accuracy));
  return means.flatMap(([candidate, accuracy]) => (accuracy > best - NEAR ? [candidate] : []));
}

/** The finalist of the highest mean accuracy for each test fold, and over all. */
export function chosenFor(rows: Rows): Map<number | "any", string> {
  const left = finalists(rows);
  const measured = rows.filter((row) => left.includes(String(row.candidate)));
  const bestOf = (group: Rows) => accuracies(group).reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  const byFold = [...groupBy(measured, (row) => Number(row.test_fold))];
  return new Map<number | "any", string>([
    ...byFold.map(([fold, own]) => [fold, bestOf(own)] as const),
    ["any", bestOf(measured)],
  ]);
}
