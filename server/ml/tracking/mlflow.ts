import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { mlflowClient, Refused } from "./mlflow-client";
import {
  batchOf,
  createRun,
  experimentOf,
  finishRun,
  reopenRun,
  sendSteps,
  type TimedMeasured,
} from "./mlflow-run";
import type { Ending, TrackedRun, Tracker } from "./tracker";

export interface MlflowOptions {
  /** Origin and path of the server, without a slash at the end: http://localhost:5000. */
  readonly url: string;
  readonly experiment: string;
  /** Milliseconds before the first further try of what failed; each one waits twice as long. Default 1,000. */
  readonly pause?: number;
  /** Milliseconds that the end of a run may wait for the server. Default 5,000. */
  readonly patience?: number;
}

const LONGEST_PAUSE = 60_000;

const zMemory = z.object({ url: z.string(), experiment: z.string(), runId: z.string() });

/**
 * Sends a run's parameters, tags, measurements and status to an MLflow server, in the background: a training never
 * waits for it. What cannot be sent waits and is tried again; a server that stays away costs one warning. A run that
 * goes on is the same run there, and is sent only what the server lacks.
 */
export function openMlflow(options: MlflowOptions, run: TrackedRun): Tracker {
  const { url, experiment, pause = 1000, patience = 5000 } = options;
  const call = mlflowClient(url);
  const memory = path.join(run.folder, "mlflow.json");
  const waiting: TimedMeasured[] = (run.past ?? []).map((measured) => at(measured));
  let id: string | null = null;
  let sent = 0; // the last step that the server has
  let given = false; // up, since the server refuses what it is sent
  let warned = false;
  let work: Promise<void> | null = null;
  const ending = new AbortController();

  const open = async (): Promise<string> => {
    const before = run.past === null ? null : await remembered(memory, options);
    const last = before === null ? null : await reopenRun(call, before);
    if (before !== null && last !== null) {
      sent = last;
      return before;
    }
    const made = await createRun(call, await experimentOf(call, experiment), run);
    await writeFile(`${memory}.tmp`, JSON.stringify({ url, experiment, runId: made }));
    await rename(`${memory}.tmp`, memory);
    return made;
  };
  const send = async (): Promise<void> => {
    id ??= await open();
    while (waiting.length > 0) {
      const batch = batchOf(waiting);
      await sendSteps(
        call,
        id,
        batch.filter(({ step }) => step > sent),
      );
      waiting.splice(0, batch.length);
      sent = Math.max(sent, batch.at(-1)!.step);
    }
  };
  /** Tries until nothing waits, or the end will not wait any longer. */
  const sendAll = async (deadline: () => number): Promise<void> => {
    for (let wait = pause; !given; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
      try {
        await send();
        if (warned) run.mended();
        warned = false;
        return;
      } catch (error) {
        given = error instanceof Refused;
        const todo = given
          ? "nothing more is sent there"
          : "the training goes on, and what it measures is sent when the server answers";
        if (!warned || given) run.warn(`MLflow at ${url}: ${reasonOf(error)}; ${todo}`);
        warned = true;
        if (given || Date.now() + wait > deadline()) return;
        await sleep(wait, undefined, { signal: ending.signal, ref: false }).catch(() => null);
      }
    }
  };
  const begin = () => {
    work ??= sendAll(() => (ending.signal.aborted ? 0 : Infinity)).finally(() => {
      work = null;
    });
  };
  begin();
  return {
    step(measured) {
      waiting.push(at(measured));
      if (!given) begin();
      return Promise.resolve();
    },
    async end(how) {
      ending.abort();
      await work;
      const until = Date.now() + patience;
      await sendAll(() => until);
      if (given) return;
      const ended = waiting.length === 0 && id !== null && (await finished(id, how));
      if (!ended)
        run.warn(
          `MLflow at ${url} lacks the last ${waiting.length} steps or the run's end; the run itself has them`,
        );
    },
  };

  async function finished(run: string, how: Ending): Promise<boolean> {
    return await finishRun(call, run, how).then(
      () => true,
      () => false,
    );
  }
}

const at = (measured: Omit<TimedMeasured, "timestamp">): TimedMeasured => ({
  ...measured,
  timestamp: Date.now(),
});

/** The run's id there, if it was sent to this experiment of this server before. */
async function remembered(
  file: string,
  { url, experiment }: Pick<MlflowOptions, "url" | "experiment">,
): Promise<string | null> {
  const text = await readFile(file, "utf8").catch(() => null);
  const found = text === null ? undefined : zMemory.safeParse(JSON.parse(text)).data;
  return found?.url === url && found.experiment === experiment ? found.runId : null;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "it does not answer in time";
  const { cause } = error;
  return cause instanceof Error ? `it cannot be reached (${cause.message})` : error.message;
}
