import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { AppError } from "../domain/app-error";

/** What `run.json` says of a training: enough to repeat it, and to go on with it. */
export const zRunRecord = z.looseObject({
  kind: z.enum(["sft", "reward", "ppo", "rloo", "grpo", "dpo"]),
  status: z.enum(["running", "interrupted", "done"]),
  seed: z.number(),
  provider: z.string(),
  config: z.record(z.string(), z.unknown()),
  inputs: z.record(z.string(), z.object({ path: z.string(), hash: z.string() })),
  versions: z.record(z.string(), z.string()),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  /** seconds of computing, over all the times it was resumed */
  seconds: z.number(),
  result: z.record(z.string(), z.unknown()).optional(),
});
export type RunRecord = z.infer<typeof zRunRecord>;

export const fileOf = (out: string) => ({
  run: path.join(out, "run.json"),
  metrics: path.join(out, "metrics.jsonl"),
  /** what the policy wrote on the way, with its scores */
  samples: path.join(out, "samples.jsonl"),
  checkpoints: path.join(out, "checkpoints"),
});

/**
 * Makes the folder of a new training, or opens the one to go on with.
 * @param defaults of the options: what an earlier version's run had of those that it did not know
 * @returns the record of the run to resume, null for a new one
 * @throws AppError conflict where the folder holds a run and `resume` was not asked for, or where
 * what is resumed is not the same run (another config, seed, model or data)
 */
export async function openTrainingFolder(
  out: string,
  record: RunRecord,
  resume: boolean,
  defaults: Readonly<Record<string, unknown>> = {},
): Promise<RunRecord | null> {
  const before = await readRecord(out);
  if (before === null) {
    await mkdir(fileOf(out).checkpoints, { recursive: true });
    await writeFile(fileOf(out).metrics, "");
    await writeRecord(out, record);
    return null;
  }
  if (!resume) {
    throw new AppError(
      "conflict",
      `${out} already holds a training (${before.status}); add --resume to go on with it, or give another --out.`,
    );
  }
  const changes = differences(
    { ...before, config: { ...defaults, ...before.config } },
    { ...record, config: { ...defaults, ...record.config } },
  );
  if (changes.length > 0) {
    throw new AppError(
      "conflict",
      `${out} cannot be resumed: ${changes.join("; ")}; give the same options and files as before, or another --out.`,
    );
  }
  return before;
}

async function readRecord(out: string): Promise<RunRecord | null> {
  const { run } = fileOf(out);
  if (!existsSync(run)) return null;
  const parsed = zRunRecord.safeParse(JSON.parse(await readFile(run, "utf8")));
  if (parsed.success) return parsed.data;
  throw new AppError("conflict", `${run} is not the record of a training; give another --out.`);
}

/** Written beside and renamed, so that a crash leaves the old record or the new one. */
export async function writeRecord(out: string, record: RunRecord): Promise<void> {
  const { run } = fileOf(out);
  await writeFile(`${run}.tmp`, `${JSON.stringify(record, null, 2)}\n`);
  await rename(`${run}.tmp`, run);
}

/** All in which two runs differ, in words. */
function differences(before: RunRecord, now: RunRecord): string[] {
  const found: string[] = [];
  const compare = (what: string, a: unknown, b: unknown) => {
    const [was, is] = [JSON.stringify(a), JSON.stringify(b)];
    if (was !== is) found.push(`its ${what} was ${was} and is now ${is}`);
  };
  compare("kind", before.kind, now.kind);
  compare("seed", before.seed, now.seed);
  compare("provider", before.provider, now.provider);
  const options = new Set([...Object.keys(before.config), ...Object.keys(now.config)]);
  options.delete("seed"); // the run's own, above
  for (const key of options) compare(`option "${key}"`, before.config[key], now.config[key]);
  const inputs = new Set([...Object.keys(before.inputs), ...Object.keys(now.inputs)]);
  for (const name of inputs) {
    const [was, is] = [before.inputs[name], now.inputs[name]];
    if (was?.hash === is?.hash) continue;
    if (was?.path === is?.path) found.push(`its ${name} (${is.path}) has changed since it began`);
    else compare(name, was?.path ?? null, is?.path ?? null);
  }
  return found;
}

/** Appends one step to `metrics.jsonl`. */
export async function appendMetrics(
  out: string,
  step: number,
  metrics: Readonly<Record<string, number>>,
): Promise<void> {
  await appendFile(fileOf(out).metrics, `${JSON.stringify({ step, ...metrics })}\n`);
}

/** Appends what was written in one step to `samples.jsonl`. */
export async function appendSamples(
  out: string,
  step: number,
  samples: readonly object[],
): Promise<void> {
  const lines = samples.map((sample) => `${JSON.stringify({ step, ...sample })}\n`);
  if (lines.length > 0) await appendFile(fileOf(out).samples, lines.join(""));
}

/** Takes back the steps after a checkpoint: they will be done again. */
export async function cutMetrics(out: string, step: number): Promise<void> {
  const { metrics, samples } = fileOf(out);
  await cutLines(metrics, step);
  if (existsSync(samples)) await cutLines(samples, step);
}

async function cutLines(file: string, step: number): Promise<void> {
  const lines = existsSync(file) ? (await readFile(file, "utf8")).split("\n") : [];
  const kept = lines.filter((line) => {
    const at = /^\{"step":(\d+)[,}].*\}$/.exec(line);
    return at !== null && Number(at[1]) <= step;
  });
  await writeFile(`${file}.tmp`, kept.map((line) => `${line}\n`).join(""));
  await rename(`${file}.tmp`, file);
}

/** The steps that `metrics.jsonl` holds. */
export async function readHistory(out: string): Promise<Record<string, number>[]> {
  const lines = (await readFile(fileOf(out).metrics, "utf8")).split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Record<string, number>);
}
