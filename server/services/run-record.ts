import { acceptedDemonstrations, promptsOfSplit } from "../db/queries/answer";
import { findCampaign, type CampaignRow } from "../db/queries/campaign";
import { findModel, findModelByPath, upsertModel, type ModelRow } from "../db/queries/model";
import {
  findRun,
  updateRun,
  upsertMetrics,
  upsertSamples,
  type MetricRow,
  type RunRow,
  type SampleRow,
} from "../db/queries/run";
import { upsertEnsemble } from "../db/queries/run-input";
import { metricsAfter } from "../db/queries/run-view";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import type { CampaignId, ModelId, RunId } from "../domain/ids";
import type { Services } from "./context";
import { absolutePath, storedPath } from "./folders";

/** What the worker reads and writes of runs and models; nobody asks for it, so there is no actor. */
export type { CampaignRow, MetricRow, ModelRow, RunRow, SampleRow };

export async function runOf({ db }: Services, id: RunId): Promise<RunRow> {
  const run = await findRun(db.read, id);
  if (!run) throw new AppError("not-found", "This run is gone: start another.");
  return run;
}

export async function campaignOf(
  { db }: Services,
  id: CampaignId | null,
): Promise<CampaignRow | null> {
  return id && (await findCampaign(db.read, id));
}

/** `path` is where its folder lies now. */
export async function modelOf({ db, folders }: Services, id: ModelId | null): Promise<ModelRow> {
  const row = id && (await findModel(db.read, id));
  if (!row)
    throw new AppError(
      "not-found",
      "The model that this needs is not here any more: choose another.",
    );
  return { ...row, path: absolutePath(folders, row.path) };
}

/** The prompts of one split of a campaign, as texts, each with what a program holds answers against. */
export async function promptTexts(
  { db }: Services,
  campaignId: CampaignId,
  split: "train" | "heldout",
): Promise<{ prompts: string[]; labels: (string | null)[] }> {
  const rows = await promptsOfSplit(db.read, campaignId, split);
  return { prompts: rows.map(({ text }) => text), labels: rows.map(({ label }) => label) };
}

/** People's own answers that a reviewer accepted. */
export async function demonstrationsOf({ db }: Services, campaignId: CampaignId | null) {
  const rows = campaignId ? await acceptedDemonstrations(db.read, campaignId) : [];
  return rows.map(({ prompt, split, demonstration }) => ({
    prompt,
    completion: demonstration.text,
    split,
  }));
}

/** A run begins, or goes on after a crash: its options are written out whole, defaults included. */
export async function beginRun(
  { db }: Services,
  run: RunRow,
  config: RunRow["config"],
): Promise<void> {
  const startedAt = run.startedAt ?? new Date();
  await write(db, (tx) => updateRun(tx, run.id, { status: "running", startedAt, config }));
}

export interface RunProgress {
  step: number;
  totalSteps: number;
  secondsLeft: number | null;
  /** Of training so far. */
  seconds?: number;
  memory?: RunRow["memory"];
  metrics: MetricRow[];
  samples: SampleRow[];
}

/** Keeps what a run measured since the last time. */
export async function recordRun(
  { db }: Services,
  run: RunRow,
  { metrics, samples, ...values }: RunProgress,
): Promise<void> {
  await write(db, async (tx) => {
    await upsertMetrics(tx, metrics);
    await upsertSamples(tx, samples);
    await updateRun(tx, run.id, values);
  });
}

/** What a run measured up to a step, in order. */
export async function measuredUntil({ db }: Services, id: RunId, last: number) {
  const rows = last < 1 ? [] : await metricsAfter(db.read, id, 0, last);
  return rows
    .filter(({ step }) => step <= last)
    .map(({ step, values }) => ({ step, metrics: values }));
}

/** Says on the run's page what is not written elsewhere of its measurements; null: nothing is missing now. */
export async function noteTrackingProblem(
  { db }: Services,
  { id, tracking }: Pick<RunRow, "id" | "tracking">,
  problem: string | null,
): Promise<void> {
  if (tracking === null) return;
  const { problem: _before, ...rest } = tracking;
  const now = problem === null ? rest : { ...rest, problem };
  await write(db, (tx) => updateRun(tx, id, { tracking: now }));
}

type NewModel = Parameters<typeof upsertModel>[1];

/** Registers the model that a run made, which ends the run: both or neither. @param members of an ensemble */
export async function endRun(
  { db, folders }: Services,
  run: RunRow,
  model: Omit<NewModel, "runId" | "campaignId" | "source">,
  members = 1,
): Promise<ModelRow> {
  return await write(db, async (tx) => {
    const about = { runId: run.id, campaignId: run.campaignId, source: "trained" } as const;
    const path = storedPath(folders, model.path);
    const row = await upsertModel(tx, { ...model, ...about, path });
    if (members > 1) await upsertEnsemble(tx, row.id, members);
    const endedAt = new Date();
    const end = { status: "done", outputModelId: row.id, endedAt, secondsLeft: null } as const;
    await updateRun(tx, run.id, end);
    return row;
  });
}

/** Ends a run that measured something and made no model. */
export async function endMeasurement({ db }: Services, { id }: RunRow): Promise<void> {
  const end = { status: "done", endedAt: new Date(), secondsLeft: null } as const;
  await write(db, (tx) => updateRun(tx, id, end));
}

/** Registers a model folder that was not made by a run of this install. */
export async function registerModel({ db, folders }: Services, model: NewModel): Promise<ModelRow> {
  const path = storedPath(folders, model.path);
  return await write(db, (tx) => upsertModel(tx, { ...model, path }));
}

export const modelAt = ({ db, folders }: Services, folder: string): Promise<ModelRow | null> =>
  findModelByPath(db.read, storedPath(folders, folder));
