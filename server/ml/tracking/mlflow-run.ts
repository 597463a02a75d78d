import { z } from "zod";
import { type MlflowCall, Refused } from "./mlflow-client";
import type { Ending, Measured, TrackedRun } from "./tracker";

/** What the API takes in one request. */
const LIMITS = { metrics: 1000, params: 100, tags: 100 } as const;

const zNothing = z.unknown();
const zExperiment = z.object({ experiment: z.object({ experiment_id: z.string() }) });
const zMade = z.object({ experiment_id: z.string() });
const zRun = z.object({
  run: z.object({
    info: z.object({ run_id: z.string(), lifecycle_stage: z.string().optional() }),
    data: z
      .object({ metrics: z.array(z.object({ step: z.coerce.number().default(0) })).default([]) })
      .optional(),
  }),
});

/** Measured, with its time in milliseconds since 1970. */
export interface TimedMeasured extends Measured {
  readonly timestamp: number;
}

/** Finds an experiment by its name, or makes it. @returns its id */
export async function experimentOf(call: MlflowCall, name: string): Promise<string> {
  const find = async () =>
    (await call("GET", "experiments/get-by-name", { experiment_name: name }, zExperiment))
      .experiment.experiment_id;
  try {
    return await find();
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  try {
    return (await call("POST", "experiments/create", { name }, zMade)).experiment_id;
  } catch (error) {
    // somebody made it meanwhile
    if (error instanceof Refused && error.code === "RESOURCE_ALREADY_EXISTS") return await find();
    throw error;
  }
}

/** Begins a run with its parameters and tags. @returns its id */
export async function createRun(
  call: MlflowCall,
  experiment: string,
  { name, config, about }: Pick<TrackedRun, "name" | "config" | "about">,
): Promise<string> {
  const tags = Object.entries({ "mlflow.source.name": "revealed", ...about });
  const asPairs = (entries: readonly (readonly [string, unknown])[]) =>
    entries.map(([key, value]) => {
      return { key, value: typeof value === "string" ? value : JSON.stringify(value) };
    });
  const { run } = await call(
    "POST",
    "runs/create",
    {
      experiment_id: experiment,
      run_name: name,
      start_time: Date.now(),
      tags: asPairs(tags.slice(0, LIMITS.tags)),
    },
    zRun,
  );
  const id = run.info.run_id;
  const params = asPairs(Object.entries(config).filter(([, value]) => value !== undefined));
  for (let at = 0; at < params.length; at += LIMITS.params)
    await call(
      "POST",
      "runs/log-batch",
      { run_id: id, params: params.slice(at, at + LIMITS.params) },
      zNothing,
    );
  return id;
}

/** Goes on with a run. @returns the last step that the server has of it; null where it has no such run */
export async function reopenRun(call: MlflowCall, id: string): Promise<number | null> {
  try {
    const { run } = await call("GET", "runs/get", { run_id: id }, zRun);
    if (run.info.lifecycle_stage === "deleted") return null;
    await call("POST", "runs/update", { run_id: id, status: "RUNNING" }, zNothing);
    return Math.max(0, ...(run.data?.metrics ?? []).map(({ step }) => step));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** As many of the first steps as one request takes, whole ones. */
export function batchOf(steps: readonly TimedMeasured[]): TimedMeasured[] {
  let metrics = 0;
  const next = steps.findIndex((step) => {
    metrics += Object.keys(step.metrics).length;
    return metrics > LIMITS.metrics;
  });
  return steps.slice(0, next < 0 ? undefined : Math.max(1, next));
}

/** What is no number is left out: JSON has no word for it. */
export async function sendSteps(
  call: MlflowCall,
  id: string,
  steps: readonly TimedMeasured[],
): Promise<void> {
  const metrics = steps.flatMap(({ step, timestamp, metrics }) =>
    Object.entries(metrics)
      .filter(([, value]) => Number.isFinite(value))
      .map(([key, value]) => ({ key, value, timestamp, step })),
  );
  if (metrics.length > 0) await call("POST", "runs/log-batch", { run_id: id, metrics }, zNothing);
}

const statuses = { done: "FINISHED", failed: "FAILED", cancelled: "KILLED" } as const;

/** A run that pauses stays as it is. */
export async function finishRun(call: MlflowCall, id: string, how: Ending): Promise<void> {
  if (how === "paused") return;
  const values = { run_id: id, status: statuses[how], end_time: Date.now() };
  await call("POST", "runs/update", values, zNothing);
}

const isMissing = (error: unknown): boolean =>
  error instanceof Refused && error.code === "RESOURCE_DOES_NOT_EXIST";
