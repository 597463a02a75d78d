import path from "node:path";
import { mkdir } from "node:fs/promises";
import { openMlflow } from "../ml/tracking/mlflow";
import { openTensorboard } from "../ml/tracking/tensorboard";
import {
  type Ending,
  type Measured,
  together,
  type TrackedRun,
  type Tracker,
} from "../ml/tracking/tracker";
import { measuredUntil, noteTrackingProblem, runOf, type RunRow } from "../services/run-record";
import { trackedName } from "../services/run-tracking";
import type { Job } from "./define-job";

/** Nothing is opened before the first step, which says where the run goes on. */
export function trackRun(job: Job, { id, tracking }: RunRow): Tracker {
  let open: Promise<Tracker> | null = null;
  let said = Promise.resolve();
  const say = (problem: string | null): void => {
    said = said.then(() => noteTrackingProblem(job, { id, tracking }, problem));
  };
  return {
    async step(measured: Measured) {
      if (tracking === null) return;
      open ??= openTrackers(job, await runOf(job, id), measured.step - 1, say);
      await (await open).step(measured);
    },
    async end(how: Ending) {
      await (await open)?.end(how);
      await said;
    },
  };
}

async function openTrackers(
  job: Job,
  run: RunRow,
  last: number,
  warn: (problem: string | null) => void,
): Promise<Tracker> {
  const { tensorboard = false, mlflow = null } = run.tracking ?? {};
  const folder = path.join(job.folders.runs, run.id);
  await mkdir(folder, { recursive: true });
  const name = trackedName(run);
  const { id, kind, seed, modelId, rewardModelId, snapshotId } = run;
  const about = Object.entries({ run: id, kind, seed, modelId, rewardModelId, snapshotId });
  const tracked: TrackedRun = {
    name,
    config: run.config,
    about: Object.fromEntries(
      about.flatMap(([key, is]) => (is === null ? [] : [[`revealed.${key}`, String(is)]])),
    ),
    past: await measuredUntil(job, id, last),
    folder,
    warn,
    mended: () => warn(null),
  };
  const trackers: Tracker[] = [];
  if (tensorboard) {
    const dir = path.join(job.folders.tensorboard, name);
    await openTensorboard(dir, tracked).then(
      (tracker) => trackers.push(tracker),
      (error: unknown) => warn(`${dir}: ${error instanceof Error ? error.message : String(error)}`),
    );
  }
  if (mlflow) trackers.push(openMlflow(mlflow, tracked));
  return together(trackers, warn);
}
