import type { JobProgress, JobRow } from "../services/job-queue";
import { jobInputs, type JobInput, type JobName } from "../services/job-inputs";
import type { Services } from "../services/context";

/** What a job has of the worker while it runs. */
export interface Job extends Services {
  readonly row: JobRow;
  /** Aborted when the job is cancelled or belongs to another worker: stop at once. */
  readonly signal: AbortSignal;
  /** True when the worker is about to end, or somebody paused the job: finish the step, keep what is needed to go on, throw `Released`. */
  readonly stopping: () => boolean;
  /**
   * Says how far it is; kept at most twice a second. Call it between steps: it is also what lets the worker
   * hear of cancellation while a computation holds the thread.
   * @throws Cancelled
   */
  readonly progress: (now: JobProgress) => Promise<void>;
}

/** Thrown by a job that stopped because the worker ends or somebody paused it: it goes on later. */
export class Released extends Error {
  override readonly name = "Released";
}

/** Thrown inside a job that somebody cancelled, or that another worker has taken over. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

/** One kind of work. It may be begun again at any time after a crash, so every part finds what is done already. */
export interface JobDefinition {
  readonly name: JobName;
  readonly run: (input: unknown, job: Job) => Promise<void>;
}

export function defineJob<Name extends JobName>(definition: {
  name: Name;
  run: (input: JobInput<Name>, job: Job) => Promise<void>;
}): JobDefinition {
  const { name, run } = definition;
  const schema = jobInputs[name];
  return { name, run: (input, job) => run(schema.parse(input) as JobInput<Name>, job) };
}
