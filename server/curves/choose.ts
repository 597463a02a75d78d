import path from "node:path";
import type { RewardOptions } from "../ml/rlhf/reward-config";
import { type Arguments, fitAndMeasure, ofFolds, TEST_FOLDS } from "./arguments";
import { CsvTable } from "./csv";
import { results } from "./results";
import { groupBy, mean } from "./statistics";

/** What may become the preset, by the name that the table gives it. */
const candidates: Readonly<Record<string, RewardOptions>> = {
  "lr 2e-4; batch 2; 2 epochs": { learningRate: 2e-4, batchSize: 2, epochs: 2 },
  "lr 3e-4; batch 8; 2 epochs": { learningRate: 3e-4, batchSize: 8, epochs: 2 },
  "lr 1e-3; batch 8; 1 epoch": { learningRate: 1e-3, batchSize: 8, epochs: 1 },
  "lr 1e-3; batch 8; 3 epochs": { learningRate: 1e-3, batchSize: 8, epochs: 3 },
  "lr 1e-3; batch 32; 2 epochs": { learningRate: 1e-3, batchSize: 32, epochs: 2 },
  "lr 1e-3; batch 2; 1 epoch; no embedding": {
    learningRate: 1e-3,
    batchSize: 2,
    epochs: 1,
    frozen: "model.embed_tokens.weight",
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

/**
 * For each test fold: fits the candidates to the other two of folds 0 to 2, and measures them on folds 3
 * and 4, so that not a single ranking of the test fold has a part in what is chosen for it.
 */
export async function measureCandidates(
  all: Arguments,
  note: (text: string) => void,
): Promise<void> {
  const heldOut = ofFolds(all, DEVELOPMENT_FOLDS);
  for (const [candidate, options] of Object.entries(candidates)) {
    for (const fold of TEST_FOLDS) {
      const seed = 1;
      const done = await choiceTable.rows();
      if (done.some((row) => row.candidate === candidate && row.test_fold === fold)) continue;
      const data = ofFolds(
        all,
        TEST_FOLDS.filter((other) => other !== fold),
      );
      const { accuracy, ...rest } = await fitAndMeasure(all, data, heldOut, {
        tokensPerPass: 4096,
        ...options,
        seed,
      });
      await choiceTable.add([{ candidate, test_fold: fold, seed, accuracy, ...rest }]);
      note(`${candidate}, without fold ${fold}: accuracy ${accuracy.toFixed(3)} on folds 3 and 4`);
    }
  }
}

/** The candidate of the highest mean accuracy for each test fold. */
export function chosenFor(rows: Awaited<ReturnType<CsvTable["rows"]>>): Map<number, string> {
  const byFold = groupBy(rows, (row) => Number(row.test_fold));
  return new Map(
    [...byFold].map(([fold, own]) => {
      const means = [...groupBy(own, (row) => String(row.candidate))].map(
        ([candidate, group]) =>
          [candidate, mean(group.map((row) => Number(row.accuracy)))] as const,
      );
      return [fold, means.reduce((a, b) => (b[1] > a[1] ? b : a))[0]];
    }),
  );
}
