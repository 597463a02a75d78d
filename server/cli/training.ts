import type { z } from "zod";
import { AppError } from "../domain/app-error";
import type { Ending } from "../ml/tracking/tracker";
import { loadState, saveState } from "../ml/checkpoint/training-state";
import type { Step, TrainingState } from "../ml/rlhf/step";
import { isNodeError } from "./files";
import { breathe, listenForInterrupt, resumeCommand } from "./interrupt";
import type { TrainingFlags } from "./options";
import type { Output } from "./output";
import {
  appendMetrics,
  appendSamples,
  cutMetrics,
  fileOf,
  openTrainingFolder,
  readHistory,
  type RunRecord,
  writeRecord,
} from "./training-folder";
import { openTracking, requireFreeTracking } from "./tracking";
import { versions } from "./versions";

const CHECKPOINT_SECONDS = 60;

/** What distinguishes one kind of training from the others. */
export interface Training {
  readonly kind: RunRecord["kind"];
  readonly config: Record<string, unknown> & { seed: number };
  /** of its options */
  readonly schema: z.ZodObject;
  /** provider that computes */
  readonly provider: string;
  /** what the run depends on, by name */
  readonly inputs: RunRecord["inputs"];
  start(run: {
    resume: TrainingState | undefined;
    signal: AbortSignal;
    note: (text: string) => void;
  }): AsyncGenerator<Step, void>;
  /** what the progress line shows of a step */
  shown(metrics: Readonly<Record<string, number>>): Record<string, number>;
  /** writes the model and says what came of it; `out`, `steps` and `seconds` are added */
  finish(done: TrainingSummary): Promise<Record<string, unknown>>;
}

export interface TrainingSummary {
  readonly steps: number;
  readonly seconds: number;
  /** of the last step */
  readonly metrics: Readonly<Record<string, number>>;
  /** every step's, as in metrics.jsonl */
  readonly history: readonly Record<string, number>[];
}

/**
 * Runs a training in its folder: metrics as they come, checkpoints, `run.json`, the model at the
 * end. Ctrl-C leaves a checkpoint; with `--resume` the run goes on as if it had not been stopped.
 * @returns the result, as printed and kept in run.json
 * @throws AppError cancelled when interrupted, with the command that resumes
 */
export async function runTraining(
  training: Training,
  flags: TrainingFlags,
  args: readonly string[],
  output: Output,
): Promise<Record<string, unknown>> {
  const { out } = flags;
  const fresh: RunRecord = {
    kind: training.kind,
    status: "running",
    seed: training.config.seed,
    provider: training.provider,
    config: training.config,
    inputs: training.inputs,
    versions: versions(),
    startedAt: new Date().toISOString(),
    seconds: 0,
  };
  if (!flags.resume) await requireFreeTracking(flags, out);
  const before = await openTrainingFolder(
    out,
    fresh,
    flags.resume === true,
    training.schema.parse({}),
  );
  if (before?.status === "done" && before.result) {
    output.note(`${out} is finished already; nothing to resume`);
    return before.result;
  }
  const resume = before === null ? null : await resumeFrom(out, output);
  const record: RunRecord = { ...(before ?? fresh), status: "running" };
  await writeRecord(out, record);
  const tracker = await openTracking(flags, { out, record, isNew: before === null }, output);

  const begun = performance.now();
  const secondsBefore = resume === null ? 0 : record.seconds;
  const seconds = () => secondsBefore + (performance.now() - begun) / 1000;
  const notes: string[] = [];
  const note = (text: string): void => {
    notes.push(text);
    output.note(text);
  };
  const interrupt = listenForInterrupt(() => {
    output.note("stopping after this step; press Ctrl-C again to stop at once");
  });
  let ending: Ending = "failed";
  let last: Step | null = null;
  let kept = resume?.step ?? null;
  try {
    let saved = performance.now();
    const { signal } = interrupt;
    const steps = training.start({ resume: resume ?? undefined, signal, note });
    for await (const step of steps) {
      last = step;
      await appendMetrics(out, step.step, step.metrics);
      await appendSamples(out, step.step, step.samples ?? []);
      await tracker.step(step);
      output.progress(step.step, step.totalSteps, training.shown(step.metrics));
      await breathe();
      const complete = step.step === step.totalSteps;
      if (interrupt.asked && !complete) {
        await checkpoint(out, step);
        await writeRecord(out, { ...record, status: "interrupted", seconds: seconds() });
        ending = "cancelled";
        throw interrupted(step, out, args);
      }
      const due = flags.checkpointEvery
        ? step.step % flags.checkpointEvery === 0
        : performance.now() - saved > CHECKPOINT_SECONDS * 1000;
      // after the last step too: a crash while the model is written costs none
      if (due || complete) {
        await checkpoint(out, step);
        kept = step.step;
        await writeRecord(out, { ...record, seconds: seconds() });
        saved = performance.now();
      }
    }
    ending = "done";
  } catch (error) {
    if (isDiskFull(error)) throw diskFull(error, out, args);
    if (error instanceof AppError && error.code === "unavailable")
      throw unavailable(error, kept, out, args);
    throw last === null ? error : withCheckpoint(error, kept, out);
  } finally {
    interrupt.dispose();
    output.close();
    await tracker.end(ending);
  }
  const steps = last?.step ?? resume?.step ?? 0;
  const history = await readHistory(out);
  const metrics = history.at(-1) ?? {};
  const found = await training.finish({ steps, seconds: seconds(), metrics, history });
  const result = { out, steps, ...found, ...(notes.length > 0 && { notes }), seconds: seconds() };
  await writeRecord(out, {
    ...record,
    status: "done",
    endedAt: new Date().toISOString(),
    seconds: seconds(),
    result,
  });
  return result;
}

async function resumeFrom(out: string, output: Output): Promise<TrainingState | null> {
  const state = await loadState(fileOf(out).checkpoints);
  await cutMetrics(out, state?.step ?? 0);
  if (state === null) output.note("there is no checkpoint yet: starting from the first step");
  else output.note(`going on after step ${state.step}`);
  return state as TrainingState | null;
}

async function checkpoint(out: string, step: Step): Promise<void> {
  await saveState(fileOf(out).checkpoints, step.state());
}

function interrupted(step: Step, out: string, args: readonly string[]): AppError {
  return new AppError(
    "cancelled",
    `interrupted after step ${step.step} of ${step.totalSteps}, with a checkpoint in ${out}; go on with: ${resumeCommand(args)}`,
  );
}

function isDiskFull(error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : error;
  return isNodeError(cause) && (cause.code === "ENOSPC" || cause.code === "EDQUOT");
}

function diskFull(cause: unknown, out: string, args: readonly string[]): AppError {
  return new AppError(
    "unavailable",
    `the disk is full: the last step could not be kept in ${out}, the checkpoint before it is whole; free some space, then go on with: ${resumeCommand(args)}`,
    { cause },
  );
}

/** Something that the run needs is away, and may come back: a reward endpoint. */
function unavailable(
  cause: AppError,
  kept: number | null,
  out: string,
  args: readonly string[],
): AppError {
  return new AppError(
    cause.code,
    `${cause.message}; ${leftOf(kept, out)}, go on with: ${resumeCommand(args)}`,
    { cause },
  );
}

/** A run that failed on its way says what is left of it: no step after that one was kept. */
function withCheckpoint(error: unknown, kept: number | null, out: string): unknown {
  if (!(error instanceof AppError) || error.code !== "bad-input") return error;
  return new AppError(error.code, `${error.message}; ${leftOf(kept, out)}`, { cause: error });
}

function leftOf(kept: number | null, out: string): string {
  return kept === null
    ? "no checkpoint was written yet"
    : `the checkpoint after step ${kept} is kept in ${out}`;
}
