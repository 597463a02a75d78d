import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { AppError } from "../domain/app-error";
import { type RewardOptions, smallRewardPreset } from "../ml/rlhf/reward-config";
import {
  ALL_FOLDS,
  type Arguments,
  argumentsTable,
  fit,
  measuredColumns,
  measureWithout,
  ofFolds,
  SEEDS,
  TEST_FOLDS,
} from "./arguments";
import { CsvTable } from "./csv";
import { results } from "./results";
import { groupBy, mean } from "./statistics";

const plain: RewardOptions = { learningRate: 1e-3, batchSize: 8, epochs: 1 };
const words: RewardOptions = { ...plain, wordReplacement: 0.5 };
const averaged: RewardOptions = { ...words, epochs: 3, emaDecay: 0.99 };

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
  "lr 1e-3; batch 8; 1 epoch; words 0.5": words,
  "lr 1e-3; batch 8; 1 epoch; words 0.5; pairs alike": { ...words, normalisePairs: "batch" },
  "lr 1e-3; batch 8; 3 epochs; words 0.5; ema 0.99": averaged,
  "lr 1e-3; batch 8; 3 epochs; words 0.5; ema 0.99; pairs alike": {
    ...averaged,
    normalisePairs: "batch",
  },
};

/** No ranking of these is ever tested on. */
const DEVELOPMENT_FOLDS = [3, 4];
/** Screening is by the first alone. */
const CHOICE_SEEDS = [1, 2, 3];

export const choiceTable = new CsvTable(path.join(results, "arguments-choice.csv"), [
  "candidate",
  "test_fold",
  "measured_on",
  "seed",
  ...measuredColumns,
]);

/** Candidates this near to the best one on folds 3 and 4 are cross-validated. */
const NEAR = 0.005;

/**
 * What may become the preset, in two stages, so that not a single ranking of a test fold has a part in what
 * is chosen for it. First, for each test fold, candidates are fitted to the other two of folds 0 to 2 and
 * measured on folds 3 and 4. Those near the best are then cross-validated on all folds but the test fold:
 * fitted to three of the four, and measured on the fourth, with three seeds.
 */
export async function measureCandidates(
  all: Arguments,
  note: (text: string) => void,
): Promise<void> {
  const fitAndMeasure = async (
    candidate: string,
    seed: number,
    folds: readonly number[],
    measured: readonly { for: number; on: readonly number[] }[],
  ) => {
    const options = { tokensPerPass: 4096, ...candidates[candidate], seed };
    const measure = await fit(all, ofFolds(all, folds), options);
    const rows = [];
    for (const { for: fold, on } of measured) {
      const row = await measure(ofFolds(all, on));
      const what = { candidate, test_fold: fold, measured_on: on.join(" "), seed };
      rows.push({ ...what, ...row });
      const accuracy = row.accuracy.toFixed(3);
      note(`${candidate}, without fold ${fold}, seed ${seed}: ${accuracy} on ${on.join(" and ")}`);
    }
    await choiceTable.add(rows);
  };
  const isDone = async (candidate: string, seed: number, fold: number, on: readonly number[]) =>
    (await choiceTable.rows()).some(
      (row) =>
        row.candidate === candidate &&
        row.seed === seed &&
        row.test_fold === fold &&
        String(row.measured_on) === on.join(" "),
    );
  const [first] = CHOICE_SEEDS as [number];
  for (const candidate of Object.keys(candidates))
    for (const fold of TEST_FOLDS)
      if (!(await isDone(candidate, first, fold, DEVELOPMENT_FOLDS)))
        await fitAndMeasure(candidate, first, without(TEST_FOLDS, fold), [
          { for: fold, on: DEVELOPMENT_FOLDS },
        ]);
  const left = finalists(await choiceTable.rows());
  for (const seed of CHOICE_SEEDS)
    for (const candidate of left)
      for (const a of TEST_FOLDS)
        for (const b of ALL_FOLDS)
          if (b > a && !(await isDone(candidate, seed, a, [b]))) {
            const measured = [{ for: a, on: [b] }];
            // what has seen neither is for both
            if (TEST_FOLDS.includes(b)) measured.push({ for: b, on: [a] });
            await fitAndMeasure(candidate, seed, without(ALL_FOLDS, a, b), measured);
          }
}

export const ownChoiceTable = new CsvTable(path.join(results, "arguments-own-choice.csv"), [
  "candidate",
  "fold",
  "seed",
  ...measuredColumns,
]);

/**
 * Each test fold by the candidate that was chosen without it, whatever became the preset; all rankings.
 * What the preset's table has of it is not done again.
 * @returns the mean accuracy @throws bad-input before anything was chosen
 */
export async function measureOwnChoices(
  all: Arguments,
  note: (text: string) => void,
): Promise<number> {
  const chosen = chosenFor(await choiceTable.rows());
  const own: number[] = [];
  for (const fold of TEST_FOLDS) {
    const { candidate } = chosen.get(fold)!;
    for (const seed of SEEDS) {
      const isThis = (row: Rows[number]) => row.fold === fold && row.seed === seed;
      const done = (await ownChoiceTable.rows()).filter((row) => row.candidate === candidate);
      let row = done.find(isThis);
      if (!row) {
        const options = candidates[candidate];
        const ofPreset = isDeepStrictEqual(options, smallRewardPreset)
          ? (await argumentsTable.rows()).filter(({ size }) => size === "all")
          : [];
        row = ofPreset.find(isThis) ?? (await measureWithout(all, fold, { ...options, seed }));
        await ownChoiceTable.add([{ ...row, candidate, fold, seed }]);
      }
      own.push(Number(row.accuracy));
      note(`fold ${fold}, seed ${seed}, ${candidate}: accuracy ${Number(row.accuracy).toFixed(3)}`);
    }
  }
  return mean(own);
}

const without = (folds: readonly number[], ...these: number[]) =>
  folds.filter((fold) => !these.includes(fold));

type Rows = Awaited<ReturnType<CsvTable["rows"]>>;

const isScreening = (row: Rows[number]) => row.measured_on === DEVELOPMENT_FOLDS.join(" ");

const accuracies = (rows: Rows): [candidate: string, accuracy: number][] =>
  [...groupBy(rows, (row) => String(row.candidate))].map(([candidate, group]) => [
    candidate,
    mean(group.map((row) => Number(row.accuracy))),
  ]);

function finalists(rows: Rows): string[] {
  const means = accuracies(rows.filter(isScreening));
  const best = Math.max(...means.map(([, accuracy]) => accuracy));
  return means.flatMap(([candidate, accuracy]) => (accuracy > best - NEAR ? [candidate] : []));
}

/**
 * For each test fold, and over all: the cross-validated candidate of the highest mean accuracy.
 * @throws bad-input before all of them are measured
 */
export function chosenFor(
  rows: Rows,
): Map<number | "all", { candidate: string; accuracy: number }> {
  const left = finalists(rows);
  const measured = rows.filter((row) => !isScreening(row) && left.includes(String(row.candidate)));
  const wanted = TEST_FOLDS.length * (ALL_FOLDS.length - 1) * CHOICE_SEEDS.length;
  const missing = left.find(
    (candidate) => measured.filter((row) => row.candidate === candidate).length < wanted,
  );
  if (left.length === 0 || missing !== undefined)
    throw new AppError(
      "bad-input",
      `${missing === undefined ? "no candidate is" : `${missing} is not`} measured on every fold by every seed yet; run --choose first`,
    );
  const bestOf = (group: Rows) => {
    const [candidate, accuracy] = accuracies(group).reduce((a, b) => (b[1] > a[1] ? b : a));
    return { candidate, accuracy };
  };
  const byFold = [...groupBy(measured, (row) => Number(row.test_fold))];
  return new Map<number | "all", ReturnType<typeof bestOf>>([
    ...byFold.map(([fold, own]) => [fold, bestOf(own)] as const),
    ["all", bestOf(measured)],
  ]);
}
