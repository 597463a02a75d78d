import type { RoundRow } from "../db/queries/campaign";
import type { activeJobs, runsOf } from "../db/queries/circle";
import { type EdgeName, edgeOfRun } from "../domain/circle";
import type { JobId, RunId } from "../domain/ids";

/** Something that runs now, and the edge of the loop along which it moves. */
export interface Moving {
  edge: EdgeName;
  job: string;
  jobId: JobId;
  runId: RunId | null;
  /** 0–1; null while the end is not known, or the job waits for the worker or is paused. */
  progress: number | null;
  queued: boolean;
  secondsLeft: number | null;
}

type Job = Awaited<ReturnType<typeof activeJobs>>[number];
type Run = Awaited<ReturnType<typeof runsOf>>[number];

/** What an active job of a campaign means for its loop; nothing when it is no part of it. */
export function movingOf(job: Job, current: RoundRow | undefined, run: Run | undefined): Moving[] {
  const edge = edgeOfJob(job.name, current, run);
  if (!edge) return [];
  const training = run && edge === edgeOfRun[run.kind];
  const queued = job.status !== "running";
  const share = training && run.totalSteps > 0 ? run.step / run.totalSteps : job.progress;
  return [
    {
      edge,
      job: job.name,
      jobId: job.id,
      runId: training ? run.id : job.runId,
      progress: queued ? null : share,
      queued,
      secondsLeft: training ? run.secondsLeft : job.secondsLeft,
    },
  ];
}

function edgeOfJob(name: string, current: RoundRow | undefined, run?: Run): EdgeName | null {
  if (name === "answer" || name === "simulate") return "answer";
  if (name === "train-round") {
    if (run) return edgeOfRun[run.kind];
    return current?.status === "improving" ? "renew" : "fit";
  }
  return run ? edgeOfRun[run.kind] : null;
}
