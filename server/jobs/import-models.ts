import { readdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../domain/app-error";
import { inspectModel, loadModel } from "../ml/checkpoint/load-model";
import { keepResult, type JobResult } from "../services/job-queue";
import { modelAt, registerModel } from "../services/run-record";
import { defineJob, type Job } from "./define-job";

/** Folders right below `folder`, in order; none where it is not there. */
async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(
      (entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith("."),
    )
    .map((entry) => path.join(folder, entry.name))
    .sort();
}

/** @returns whether it is new @throws AppError saying why the folder is no model */
async function importFolder(job: Job, folder: string): Promise<boolean> {
  if (await modelAt(job, folder)) return false;
  const { architecture, parameters, config } = await inspectModel(folder);
  const { hash } = await loadModel(folder); // whole, with its tokenizer: what cannot answer is no model here
  await registerModel(job, {
    name: path.basename(folder),
    kind: config.head === "score" ? "reward" : "policy",
    path: folder,
    hash,
    architecture,
    parameters,
    source: "dropped-in",
  });
  return true;
}

/** Looks for model folders that were dropped in; what is none is listed with the reason. */
export const importModelsJob = defineJob({
  name: "import-models",
  async run(_, job) {
    const found = await Promise.all([job.folders.shippedModels, job.folders.models].map(foldersIn));
    const folders = found.flat();
    const result: JobResult = { imported: 0, problems: [] };
    for (const [i, folder] of folders.entries()) {
      try {
        if (await importFolder(job, folder)) result.imported++;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        result.problems.push({ folder, reason: error.message });
      }
      await job.progress({ progress: (i + 1) / folders.length, message: path.basename(folder) });
    }
    await keepResult(job, job.row, result);
  },
});
