import { services } from "../services/context";
import { measureWhatIsNew } from "../services/quality-measure";
import { answerJob } from "./answer";
import { clusterPromptsJob } from "./cluster-prompts";
import { importModelsJob } from "./import-models";
import { makeDemoJob } from "./make-demo";
import { simulateJob } from "./simulate";
import { trainRoundJob } from "./train-round";
import { trainRunJobs } from "./train-run";
import { writeTrainingOptions } from "./training-options";
import { work } from "./work";

/** The worker process: does what is queued until SIGINT or SIGTERM, then releases what it has in hand. */
const definitions = [
  answerJob,
  clusterPromptsJob,
  importModelsJob,
  makeDemoJob,
  simulateJob,
  trainRoundJob,
  ...trainRunJobs,
];

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());

const ctx = services();
await writeTrainingOptions(ctx.folders);
await work(ctx, { definitions, stop: stop.signal, idle: measureWhatIsNew });
await ctx.db.close();
process.exit(0); // the engine's threads would hold the process
