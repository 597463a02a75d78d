import path from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { AppError } from "../domain/app-error";
import { defaultExperiment, mlflowAddress } from "../domain/tracking";
import { openMlflow } from "../ml/tracking/mlflow";
import { openTensorboard, requireNoEvents } from "../ml/tracking/tensorboard";
import { together, type TrackedRun, type Tracker } from "../ml/tracking/tracker";
import type { Output } from "./output";
import { fileOf, type RunRecord, readHistory } from "./training-folder";

/** Where the metrics of a training go beside its metrics.jsonl. */
export interface TrackingFlags {
  readonly tensorboard?: string;
  readonly mlflow?: string;
  readonly mlflowExperiment: string;
}

export function trackingOptions(command: Command): Command {
  return command
    .option("--tensorboard <dir>", "write the metrics as TensorBoard event files too, in DIR/NAME")
    .option("--mlflow <url>", "send the metrics to this MLflow server too", address)
    .option(
      "--mlflow-experiment <name>",
      "experiment that the run is filed under",
      defaultExperiment,
    );
}

function address(text: string): string {
  try {
    return mlflowAddress(text);
  } catch (error) {
    throw error instanceof AppError ? new InvalidArgumentError(error.message) : error;
  }
}

/** A run is called like its folder; a member of an ensemble like the ensemble and itself. */
function nameOf(out: string): string {
  const full = path.resolve(out);
  const name = path.basename(full);
  return /^member-\d+$/.test(name) ? `${path.basename(path.dirname(full))}-${name}` : name;
}

const eventsOf = ({ tensorboard }: TrackingFlags, out: string): string | undefined =>
  tensorboard && path.join(tensorboard, nameOf(out));

/** @throws AppError conflict, before anything is written, where a new run's event file would stand beside another's */
export async function requireFreeTracking(flags: TrackingFlags, out: string): Promise<void> {
  const dir = eventsOf(flags, out);
  if (dir) await requireNoEvents(dir);
}

/** @param isNew otherwise the run goes on, and has the steps in its metrics.jsonl behind it */
export async function openTracking(
  flags: TrackingFlags,
  { out, record, isNew }: { out: string; record: RunRecord; isNew: boolean },
  output: Pick<Output, "warn" | "note">,
): Promise<Tracker> {
  const { kind, provider, versions, inputs, seed } = record;
  const about = Object.entries({
    kind,
    provider,
    seed: String(seed),
    ...Object.fromEntries(Object.entries(versions).map(([name, is]) => [`version.${name}`, is])),
    ...Object.fromEntries(Object.entries(inputs).map(([name, { hash }]) => [`${name}.hash`, hash])),
  });
  const run: TrackedRun = {
    name: nameOf(out),
    config: record.config,
    about: Object.fromEntries(about.map(([name, is]) => [`revealed.${name}`, is])),
    past: isNew
      ? null
      : (await readHistory(out)).map(({ step, ...metrics }) => ({ step, metrics })),
    folder: path.dirname(fileOf(out).run),
    warn: (text) => output.warn(text),
    mended: () => output.note("the server answers again, and has all metrics so far"),
  };
  const trackers: Tracker[] = [];
  const dir = eventsOf(flags, out);
  if (dir) trackers.push(await openTensorboard(dir, run));
  if (flags.mlflow)
    trackers.push(openMlflow({ url: flags.mlflow, experiment: flags.mlflowExperiment }, run));
  return together(trackers, run.warn);
}
