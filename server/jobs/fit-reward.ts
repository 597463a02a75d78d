import { textKey } from "../domain/formats/text";
import { rankedRow, type RankedRow } from "../domain/formats/ranked";
import type { RankedExample, SftExample } from "../ml/rlhf/data";
import { impliedPairs } from "../ml/rlhf/formulas/kwise";
import { reportResult } from "../ml/rlhf/report-json";
import type { RewardConfig } from "../ml/rlhf/reward-config";
import { evaluateReward, normaliseReward } from "../ml/rlhf/reward-report";
import { referencesAmong } from "../domain/demonstration-split";
import { beginRun, demonstrationsOf, type ModelRow, type RunRow } from "../services/run-record";
import { keepReport } from "../services/run-inputs";
import { findSnapshot } from "../services/snapshots";
import { readSnapshotFile } from "../services/snapshots-file";
import type { Job } from "./define-job";
import { followRun, resumeState } from "./follow-run";
import { MemoryPlan } from "./memory-plan";
import { membersFolder, RewardMembers } from "./reward-members";
import { keepEnsemble, keepModel, openMembers } from "./text-models";
import { optionsOfRun } from "./trainers";

/** A ranking without the second of two equal texts, between which no order can be learnt. */
function exampleOf(row: RankedRow): RankedExample {
  const { prompt, completions, groups, notRankable, weight, labeler, labelerGroup } = row;
  const texts = completions.map(({ text }) => textKey(text));
  const isFirst = texts.map((text, i) => texts.indexOf(text) === i);
  const kept = texts.flatMap((_, i) => (isFirst[i] ? [i] : []));
  const place = (indices: readonly number[]) =>
    indices.filter((i) => isFirst[i]).map((i) => kept.indexOf(i));
  return {
    prompt: textKey(prompt),
    completions: kept.map((i) => texts[i]),
    groups: groups.map(place).filter((group) => group.length > 0),
    notRankable: place(notRankable),
    ...(weight === undefined ? {} : { weight }),
    ...(labeler === undefined ? {} : { labeler }),
    ...(labelerGroup === undefined ? {} : { labelerGroup }),
  };
}

/** The rankings of a snapshot, by its own split. */
export async function rankingsOf(job: Job, run: RunRow) {
  const snapshot = await findSnapshot(job, run.snapshotId!);
  const train: RankedExample[] = [];
  const heldout: RankedExample[] = [];
  let line = 0;
  for await (const row of readSnapshotFile(snapshot.path)) {
    line++;
    const example = exampleOf(rankedRow(row, { file: snapshot.path, line }));
    if (example.weight === 0) continue; // kept in the data, settled by an expert's order or not relied on
    if (impliedPairs(example.groups).length === 0) continue; // all tied: no evidence of an order
    (row.split === "heldout" ? heldout : train).push(example);
  }
  return { train, heldout };
}

/** What the reward's zero is set by: people's own answers where there are some, else what was ranked. */
async function referencesOf(job: Job, run: RunRow, train: RankedExample[]): Promise<SftExample[]> {
  const said = referencesAmong(await demonstrationsOf(job, run.campaignId));
  const ranked = () =>
    train.flatMap(({ prompt, completions }) =>
      completions.map((completion) => ({ prompt, completion })),
    );
  return said ?? ranked();
}

/** Evaluations in the course of a run; each is a pass over all held-out rankings. */
const evaluations = 5;

const readingOf = ({ maxLength, overlong, tokensPerPass, seed }: RewardConfig) => {
  return { maxLength, overlong, tokensPerPass, seed };
};

/** Measures the member in hand on rankings of prompts that it does not learn from, now and then and at its end. */
async function evaluated(
  { current }: RewardMembers,
  heldout: readonly RankedExample[],
  config: RewardConfig,
): Promise<Record<string, number>> {
  if (!current || heldout.length === 0) return {};
  const { model, step, totalSteps } = current;
  const every = Math.max(1, Math.floor(totalSteps / evaluations));
  if (step !== totalSteps && step % every !== 0) return {};
  const report = await evaluateReward(model, heldout, readingOf(config));
  return {
    "eval/accuracy": report.accuracy,
    "eval/accuracy_low": report.accuracyInterval[0],
    "eval/accuracy_high": report.accuracyInterval[1],
    "eval/pairs": report.pairs,
    "eval/ece": report.ece,
    "eval/brier": report.brier,
    "eval/length_baseline": report.lengthBaseline,
  };
}

/**
 * Fits a reward model (or an ensemble) to a run's snapshot, reports how it does on held-out prompts, and
 * registers it, which ends the run. Restartable: order and initial weights come from the seed.
 */
export async function fitReward(
  job: Job,
  run: RunRow,
  options: { name: string; part?: readonly [number, number] },
): Promise<ModelRow> {
  const bases = await openMembers(job, run.modelId);
  const { own: config, lora, ensemble, all } = optionsOfRun("reward", run, bases[0]);
  await beginRun(job, run, all);
  const { train, heldout } = await rankingsOf(job, run);
  const references = await referencesOf(job, run, train);
  const { normalise, maxLength, overlong, tokensPerPass } = config;
  const rules = { normalise, maxLength, overlong, tokensPerPass };
  const resume = await resumeState(job, run);
  const plan = new MemoryPlan();
  const members = new RewardMembers({
    ...ensemble,
    bases,
    config,
    lora,
    train,
    heldout,
    folder: membersFolder(job.folders.runs, run.id),
    finish: (model) => normaliseReward(model, references, rules),
    signal: job.signal,
    planned: plan.tell,
  });
  await followRun(job, run, members.steps(resume), {
    plan,
    part: options.part,
    message: "The reward model learns what people prefer",
    measure: () => evaluated(members, heldout, config),
  });
  const fitted = await members.finished();
  if (heldout.length > 0) {
    const report = await evaluateReward(fitted, heldout, readingOf(config));
    await keepReport(job, run.id, reportResult(report));
  }
  const made = {
    name: options.name,
    parent: bases[0].row,
    text: `A reward model, learnt from ${train.length} rankings by people or programs (snapshot ${run.snapshotId}).`,
  };
  return fitted.length === 1
    ? await keepModel(job, run, fitted[0], made)
    : await keepEnsemble(job, run, fitted, made);
}
