import { readdirSync } from "node:fs";
import { env } from "onnxruntime-node";
import { AppError } from "../domain/app-error";
import { onLackingOps } from "../ml/runtime/lacking";
import { listProviders } from "../ml/runtime/session";
import type { Output } from "./output";
import { notInBuild, whyNot } from "./provider-advice";
import { type Trial, tryProvider } from "./provider-trial";

/** What the small training showed of a provider. */
export interface Verdict {
  readonly name: string;
  readonly usable: boolean;
  /** why not, and what to do about it */
  readonly why?: string;
  readonly trial?: Trial;
}

const tolerance = 1e-3; // relative, of each step's loss against the processor's

/**
 * What computes. "auto" is the quickest of the providers that give the processor's losses; where no
 * device is to be seen that is the processor, without a trial.
 * @throws AppError bad-input where the provider asked for is not in this build, or does not work
 */
export async function chooseProvider(asked: string, output: Pick<Output, "warn">): Promise<string> {
  if (asked === "cpu") return "cpu";
  env.logLevel = "fatal"; // what goes wrong is thrown; the library need not print it as well
  const provider = asked === "auto" ? await quickest() : await required(asked);
  if (provider !== "cpu")
    onLackingOps((name, ops) => {
      onLackingOps(null); // once is enough
      output.warn(`${name} has no kernel for ${ops.join(", ")}: the processor computes these`);
    });
  return provider;
}

async function required(asked: string): Promise<string> {
  const usable = listProviders();
  if (!usable.includes(asked))
    throw new AppError(
      "bad-input",
      `--ep ${asked} is not in this build of ONNX Runtime (${notInBuild(asked)}); it has ${usable.join(", ")}.`,
    );
  const { usable: works, why } = judge(asked, await tryProvider(asked), null);
  if (!works)
    throw new AppError(
      "bad-input",
      `--ep ${asked} does not work here (${why}). Leave --ep out, or see \`revealed doctor\`.`,
    );
  return asked;
}

async function quickest(): Promise<string> {
  const candidates = listProviders().filter((name) => name !== "tensorrt" && deviceInSight(name));
  if (candidates.length === 0) return "cpu";
  return best(await judgeAll(candidates));
}

/** The usable one whose step took least; the processor where nothing is quicker. */
export function best(verdicts: readonly Verdict[]): string {
  const ranked = verdicts
    .filter(({ usable, trial }) => usable && trial)
    .toSorted((a, b) => a.trial!.ms - b.trial!.ms);
  return ranked[0]?.name ?? "cpu";
}

/** The processor first, then the others against its losses. */
export async function judgeAll(names: readonly string[]): Promise<Verdict[]> {
  const reference = await tryProvider("cpu");
  const verdicts = [judge("cpu", reference, null)];
  const losses = typeof reference === "string" ? null : reference.losses;
  for (const name of names)
    if (name !== "cpu") verdicts.push(judge(name, await tryProvider(name), losses));
  return verdicts;
}

/** @param reference the processor's losses; null where there is nothing to compare with */
export function judge(
  name: string,
  trial: Trial | string,
  reference: readonly number[] | null,
): Verdict {
  if (typeof trial === "string") return { name, usable: false, why: whyNot(name, trial) };
  const wrong = trial.losses.findIndex((loss, step) => {
    const expected = reference?.[step] ?? loss;
    return !(Math.abs(loss - expected) <= tolerance * Math.abs(expected));
  });
  if (wrong < 0) return { name, usable: true, trial };
  const why = `its numbers are wrong: loss ${trial.losses[wrong]} at step ${wrong + 1}, the processor's is ${reference?.[wrong] ?? "a number"}; update the driver`;
  return { name, usable: false, why, trial };
}

/** Whether it is worth a trial: on Linux a device without a file in /dev is not there. */
function deviceInSight(provider: string): boolean {
  if (provider === "cpu") return false;
  if (process.platform !== "linux") return true;
  const files = [...names("/dev"), ...names("/dev/dri")];
  const wanted = provider === "cuda" ? /^nvidia\d/ : /^(nvidia\d|renderD\d)/;
  return files.some((name) => wanted.test(name));
}

function names(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
