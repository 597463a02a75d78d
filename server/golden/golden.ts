import { existsSync } from "node:fs";
import path from "node:path";
import { Cases, type Outcome, Skip } from "./case";
import { checkers } from "./checkers";
import type { JsonChecker } from "./checker";
import { type Folder, openFolder, readJson } from "./files";
import { casesIn } from "./skipped";

/**
 * Checks every vector below `root`: its folders are the topics. A file is known by its shape; one
 * that nobody knows is skipped by name, a folder without any case is a failure.
 */
export async function runGolden(root: string): Promise<Outcome[]> {
  if (!existsSync(root)) {
    return [failure("vectors", root, "there is no such folder; set GOLDEN_DIR")];
  }
  const top = await openFolder(root, "");
  const outcomes: Outcome[] = [];
  for (const topic of top.folders) {
    const cases = new Cases(topic);
    await runFolder(cases, await openFolder(root, topic));
    if (cases.outcomes.length === 0) cases.fail(topic, "this folder holds no case");
    outcomes.push(...cases.outcomes);
  }
  if (outcomes.length === 0)
    return [failure("vectors", root, "there is no folder of vectors in it")];
  return outcomes;
}

function failure(topic: string, name: string, why: string): Outcome {
  return { topic, name, status: "failed", why };
}

async function runFolder(cases: Cases, folder: Folder): Promise<void> {
  const before = cases.outcomes.length;
  for (const file of folder.files.filter((name) => name.endsWith(".json"))) {
    const value = await readJson(folder, file);
    const checker = checkers.find((candidate) => candidate.matches(value));
    if (checker === undefined) {
      const why = "no check knows this shape yet";
      if (!isCompanion(file)) cases.skip(placeName(folder, file), why, casesIn(value));
      continue;
    }
    await runChecker(cases, checker, folder, file, value);
  }
  for (const name of folder.folders) {
    await runFolder(cases, await openFolder(folder.root, `${folder.name}/${name}`));
  }
  if (cases.outcomes.length === before && !isMaterial(folder)) {
    cases.fail(folder.name, "this folder holds no case");
  }
}

async function runChecker(
  cases: Cases,
  checker: JsonChecker,
  folder: Folder,
  file: string,
  value: unknown,
): Promise<void> {
  const name = placeName(folder, file);
  try {
    await checker.run(cases, { folder, file, name }, value);
  } catch (error) {
    if (error instanceof Skip) cases.skip(name, error.message, casesIn(value));
    else cases.fail(name, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

/** A tokenizer or data files: cases elsewhere refer to them. */
function isMaterial({ files }: Folder): boolean {
  return files.includes("tokenizer.json") || files.some((file) => /\.jsonl(\.gz)?$/.test(file));
}

/** Files of a Hugging Face folder: they belong to the cases beside them. */
function isCompanion(file: string): boolean {
  return /^(config|generation_config|adapter_config|tokenizer|tokenizer_config|special_tokens_map|.*\.index)\.json$/.test(
    file,
  );
}

/** `cases.json` and the like go by their folder's name. */
function placeName(folder: Folder, file: string): string {
  const below = folder.name.split("/").slice(1).join("/");
  const stem = path.basename(file, ".json");
  if (below === "") return stem;
  return /^cases?$|^run$/.test(stem) ? below : `${below}/${stem}`;
}
