import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Mismatch, Skip } from "./case";

/** A folder of vectors: its own files (JSON parsed on demand) and the folders in it. */
export interface Folder {
  readonly root: string;
  readonly dir: string;
  /** path below the root, "/" between parts */
  readonly name: string;
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

export async function openFolder(root: string, name: string): Promise<Folder> {
  const dir = path.join(root, name);
  const entries = await readdir(dir, { withFileTypes: true });
  const names = (keep: (entry: (typeof entries)[number]) => boolean) =>
    entries
      .filter(keep)
      .map((entry) => entry.name)
      .sort();
  return {
    root,
    dir,
    name,
    files: names((entry) => entry.isFile()),
    folders: names((entry) => entry.isDirectory()),
  };
}

export async function readJson(folder: Folder, file: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(folder.dir, file), "utf8"));
}

/** The folder that holds the repository, and `shared` where that is there. */
const home = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * A path as vector files write it: below the root, or below the folder that holds `shared`.
 * @throws Skip where a model of `shared` is not there
 */
export function resolveReference(folder: Folder, reference: string): string {
  const above = path.dirname(folder.root);
  const bases = [folder.root, above, path.dirname(above), home, path.join(home, "shared")];
  const tried = [...new Set([reference, reference.replace(/^shared\//, "")])].flatMap((name) =>
    bases.map((base) => path.join(base, name)),
  );
  const found = tried.find((candidate) => existsSync(candidate));
  if (found !== undefined) return found;
  if (reference.startsWith("shared/")) throw new Skip(`${reference} is not on this machine`);
  throw new Mismatch(`${reference} is in none of ${bases.join(", ")}`);
}
