import { appendFile, mkdir, readdir, readFile, truncate } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { AppError } from "../../domain/app-error";
import { scalarsEvent, stepOf, versionEvent } from "./event";
import { frameRecord, readRecords } from "./tfrecord";
import type { TrackedRun, Tracker } from "./tracker";

const OURS = /^events\.out\.tfevents\..*\.revealed$/;

/**
 * A run's scalars as an event file, which TensorBoard shows: `tensorboard --logdir DIR`.
 * A run that goes on appends to its file, from which the steps that are done again are cut before.
 * @param dir the run's own folder
 * @throws AppError conflict where the folder of a new run holds another one's file; a system's error where the
 *   folder cannot be written
 */
export async function openTensorboard(
  dir: string,
  { past }: Pick<TrackedRun, "past">,
): Promise<Tracker> {
  if (past === null) await requireNoEvents(dir);
  await mkdir(dir, { recursive: true });
  const before = await eventFile(dir);
  const name = `events.out.tfevents.${Math.floor(Date.now() / 1000)}.${hostname()}.revealed`;
  const file = path.join(dir, before ?? name);
  const write = (data: Buffer) => appendFile(file, frameRecord(data));
  const seconds = () => Date.now() / 1000;
  const kept = past ?? [];
  const last = before ? await cutAfter(file, kept.at(-1)?.step ?? 0) : null;
  if (last === null) await write(versionEvent(seconds()));
  for (const measured of kept)
    if (measured.step > (last ?? 0)) await write(scalarsEvent(measured, seconds()));
  return {
    step: (measured) => write(scalarsEvent(measured, seconds())),
    end: () => Promise.resolve(),
  };
}

/** @throws AppError conflict where the folder holds a run's event file already */
export async function requireNoEvents(dir: string): Promise<void> {
  const before = await eventFile(dir);
  if (before)
    throw new AppError(
      "conflict",
      `${dir} holds the event file of another run (${before}); remove it, or give another folder for TensorBoard.`,
    );
}

async function eventFile(dir: string): Promise<string | undefined> {
  return (await readdir(dir).catch(() => [])).find((name) => OURS.test(name));
}

/** Cuts a file after a step, and what is torn at its end. @returns the last step left; null where nothing is */
async function cutAfter(file: string, step: number): Promise<number | null> {
  let last: number | null = null;
  let whole = 0;
  for (const { data, end } of readRecords(await readFile(file))) {
    const at = stepOf(data);
    if (at > step) break;
    last = at;
    whole = end;
  }
  await truncate(file, whole);
  return last;
}
