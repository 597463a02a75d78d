import path from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { loadState, saveState } from "../ml/checkpoint/training-state";
import type { Sample, Step, TrainingState } from "../ml/rlhf/step";
import type { Ending } from "../ml/tracking/tracker";
import type { Folders } from "../services/folders";
import { forgetDeaths } from "../services/job-queue";
import { recordRun, type MetricRow, type RunRow, type SampleRow } from "../services/run-record";
import { Released, type Job } from "./define-job";
import type { MemoryPlan } from "./memory-plan";
import { trackRun } from "./track-run";

const writeMs = 500;
const checkpointMs = 15_000;

const checkpointsOf = ({ runs }: Folders, run: RunRow): string =>
  path.join(runs, run.id, "checkpoints");

/** Where a run that was interrupted goes on; undefined = at its beginning. */
export async function resumeState(
  { folders }: Job,
  run: RunRow,
): Promise<TrainingState | undefined> {
  return ((await loadState(checkpointsOf(folders, run))) as TrainingState | null) ?? undefined;
}

export interface FollowOptions {
  /** Measured after each step and kept beside the trainer's own metrics. */
  readonly measure?: (step: Step) => Promise<Record<string, number>>;
  /** The part of the job that this run is: [0, 1] when it is all of it. */
  readonly part?: readonly [from: number, to: number];
  readonly message: string;
  /** What the trainer expects to take, told before its first step. */
  readonly plan: MemoryPlan;
  /** True ends the training before its last step. */
  readonly enough?: (metrics: Record<string, number>) => boolean;
}

/**
 * Drives a trainer: its measurements into the database, checkpoints beside it, progress to who waits.
 * What a checkpoint claims is written before it, so a run that was killed shows no gap.
 * @throws Released after a checkpoint when the worker ends or the run is paused
 */
export async function followRun(
  job: Job,
  run: RunRow,
  steps: AsyncIterable<Step>,
  { measure, part = [0, 1], message, plan, enough }: FollowOptions,
): Promise<void> {
  const checkpoints = checkpointsOf(job.folders, run);
  const metrics: MetricRow[] = [];
  const samples: SampleRow[] = [];
  const begunAt = Date.now();
  let first: number | null = null;
  let writtenAt = 0;
  let savedAt = Date.now();

  const record = async (step: Step): Promise<void> => {
    writtenAt = Date.now();
    const done = step.step - (first ?? 0);
    const secondsLeft =
      done > 0 ? ((writtenAt - begunAt) / 1000 / done) * (step.totalSteps - step.step) : null;
    const { step: at, totalSteps } = step;
    const seconds = run.seconds + (writtenAt - begunAt) / 1000;
    const memory = plan.now();
    await recordRun(job, run, {
      step: at,
      totalSteps,
      secondsLeft,
      seconds,
      memory,
      metrics,
      samples,
    });
    metrics.length = 0;
    samples.length = 0;
    const share = step.step / step.totalSteps;
    await job.progress({ progress: part[0] + share * (part[1] - part[0]), secondsLeft, message });
  };

  const tracker = trackRun(job, run);
  let ending: Ending = "failed";
  try {
    await job.progress({ progress: part[0], message });
    for await (const step of steps) {
      first ??= step.step - 1;
      const values = { ...step.metrics, ...(await measure?.(step)) };
      metrics.push({ runId: run.id, step: step.step, values });
      samples.push(...samplesOf(run, step.step, step.samples ?? []));
      await tracker.step({ step: step.step, metrics: values });
      const last = step.step === step.totalSteps || enough?.(values) === true;
      const stopping = job.stopping();
      if (last || stopping || Date.now() - writtenAt >= writeMs) await record(step);
      if (last) {
        ending = "done";
        return;
      }
      if (stopping || Date.now() - savedAt >= checkpointMs) {
        await record(step);
        await saveState(checkpoints, step.state());
        if (job.row.workerId !== null) await forgetDeaths(job, job.row, job.row.workerId);
        savedAt = Date.now();
      }
      if (stopping) {
        ending = "paused";
        throw new Released();
      }
      await breathe(); // signals and timers are heard between steps only
    }
  } finally {
    await tracker.end(job.signal.aborted ? "cancelled" : ending);
  }
}

const samplesOf = (run: RunRow, step: number, samples: readonly Sample[]): SampleRow[] =>
  samples.map((sample, place) => ({ runId: run.id, step, place, ...sample }));
