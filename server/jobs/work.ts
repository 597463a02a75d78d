import { setTimeout as sleep } from "node:timers/promises";
import type { Services } from "../services/context";
import { advanceRounds } from "../services/round-gates";
import { claimNext, recoverDead, recoverExpired, workerName } from "../services/job-queue";
import type { JobDefinition } from "./define-job";
import { runJob, type Worker } from "./run-job";

const pollMs = 500;
const recoverMs = 10_000;
/** How long a rule may wait for a worker that does nothing else. */
const advanceMs = 5_000;
const idleMs = 15_000;

export interface WorkOptions {
  readonly definitions: readonly JobDefinition[];
  /** Aborted when the process shall end: the job in hand is released at its next step. */
  readonly stop: AbortSignal;
  readonly log?: Worker["log"];
  /** Return when nothing waits, instead of waiting for more. */
  readonly untilIdle?: boolean;
  /** Done now and then while no job waits. */
  readonly idle?: (services: Services) => Promise<void>;
}

/** Does what is queued, one job after the other, and moves rounds on by their rules, until it is told to stop. */
export async function work(services: Services, options: WorkOptions): Promise<void> {
  const { stop, log = console.error } = options;
  const worker: Worker = {
    id: workerName(),
    services,
    definitions: new Map(options.definitions.map((one) => [one.name, one])),
    stopping: () => stop.aborted,
    log,
  };
  await recoverDead(services);
  let [recoveredAt, advancedAt, idledAt] = [0, 0, 0];
  const advance = async () => {
    advancedAt = Date.now();
    await advanceRounds(services, new Date()).catch((error: unknown) => {
      log("A round could not be moved on.", error); // the queue's work goes on
    });
  };
  while (!stop.aborted) {
    if (Date.now() - recoveredAt > recoverMs) {
      await recoverExpired(services);
      recoveredAt = Date.now();
    }
    if (Date.now() - advancedAt > advanceMs) await advance();
    let job = await claimNext(services, worker.id);
    if (!job && options.untilIdle) {
      await advance();
      job = await claimNext(services, worker.id);
      if (!job) return;
    }
    if (job) await runJob(worker, job);
    else if (options.idle && Date.now() - idledAt > idleMs) {
      idledAt = Date.now();
      // what is done by the way must not stop the worker
      await options.idle(services).catch((error: unknown) => log("while idle:", error));
    } else await sleep(pollMs, undefined, { signal: stop }).catch(() => {});
  }
}
