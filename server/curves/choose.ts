import path from "node:path";
import type { RewardOptions } from "../ml/rlhf/reward-config";
import { ALL_FOLDS, type Arguments, fit, measuredColumns, TEST_FOLDS } from "./arguments";
import { type CsvRow, CsvTable } from "./csv";
import { type DebateRanking, foldsOf } from "./debates";
import { results } from "./results";
import { groupBy, mean } from "./statistics";

const plain: RewardOptions = { learningRate: 1e-3, batchSize: 8, epochs: 1 };
const words: RewardOptions = { ...plain, wordReplacement: 0.5 };
const averaged: RewardOptions = { ...words, epochs: 3, emaDecay: 0.99 };

/** What may become the preset, by the name that the table gives it. */
export const candidates: Readonly<Record<string, RewardOptions>> = {
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

/** What is left when folds 0 to 2 test: no ranking of these has a part in the choice. */
const DEVELOPMENT_FOLDS = new Set(ALL_FOLDS.filter((fold) => !TEST_FOLDS.includes(fold)));
const PARTS = [0, 1, 2];
const FIRST_SEED = 1;
const MORE_SEEDS = [2, 3];
/** Candidates this near to the best one by the first seed are measured with more. */
const NEAR = 0.02;

export const choiceTable = new CsvTable(path.join(results, "arguments-choice.csv"), [
  "candidate",
  "part",
  "seed",
  ...measuredColumns,
]);

/**
 * What may become the preset, cross-validated on folds 3 and 4 alone: their debates, sorted by name, are in
 * three parts (index modulo 3); each is measured by what was fitted to the other two. What comes near the
 * best by one seed is measured with three. What the table has is not done again.
 */
export async function measureCandidates(
  all: Arguments,
  note: (text: string) => void,
): Promise<void> {
  const parts = partsOf(all.rankings);
  const examples = (isWanted: (part: number) => boolean) =>
    all.rankings.flatMap(({ debate, example }) => {
      const part = parts.get(debate);
      return part !== undefined && isWanted(part) ? [example] : [];
    });
  const measure = async (candidate: string, part: number, seed: number) => {
    const isThis = (row: CsvRow) =>
      row.candidate === candidate && row.part === part && row.seed === seed;
    if ((await choiceTable.rows()).some(isThis)) return;
    const others = examples((other) => other !== part);
    const measureOn = await fit(all, others, { ...candidates[candidate], seed });
    const row = await measureOn(examples((own) => own === part));
    await choiceTable.add([{ candidate, part, seed, ...row }]);
    note(`${candidate}, part ${part}, seed ${seed}: accuracy ${row.accuracy.toFixed(3)}`);
  };
  for (const candidate of Object.keys(candidates))
    for (const part of PARTS) await measure(candidate, part, FIRST_SEED);
  const near = finalists(await choiceTable.rows());
  for (const seed of MORE_SEEDS)
    for (const { candidate } of near)
      for (const part of PARTS) await measure(candidate, part, seed);
}

/** The debates of the development folds, and the part that each is in. */
export function partsOf(rankings: readonly DebateRanking[]): Map<string, number> {
  const debates = [...foldsOf(rankings)].flatMap(([debate, fold]) =>
    DEVELOPMENT_FOLDS.has(fold) ? [debate] : [],
  );
  return new Map(debates.map((debate, i) => [debate, i % PARTS.length]));
}

/** Candidates near the best by the first seed, with their mean accuracy over parts and seeds; the best first. */
export function finalists(rows: readonly CsvRow[]): { candidate: string; accuracy: number }[] {
  const accuracyOf = (some: readonly CsvRow[]) => mean(some.map((row) => Number(row.accuracy)));
  const all = [...groupBy(rows, (row) => String(row.candidate))].map(([candidate, own]) => {
    const first = accuracyOf(own.filter((row) => row.seed === FIRST_SEED));
    return { candidate, accuracy: accuracyOf(own), first };
  });
  const best = Math.max(...all.map(({ first }) => first));
  return all
    .flatMap(({ candidate, accuracy, first }) =>
      first > best - NEAR ? [{ candidate, accuracy }] : [],
    )
    .toSorted((a, b) => b.accuracy - a.accuracy);
}
