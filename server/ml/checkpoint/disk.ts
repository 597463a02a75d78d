import { open, readdir, rename, rm, mkdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AppError } from "../../domain/app-error";

const FULL = new Set(["ENOSPC", "EDQUOT"]);

/** Runs a write; a full disk becomes a sentence that says what to do. @throws AppError unavailable */
export async function onFullDisk<T>(what: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    // A file's own complaint is told of the folder that it belongs to.
    const cause = error instanceof AppError ? error.cause : error;
    if (!FULL.has((cause as NodeJS.ErrnoException | undefined)?.code ?? "")) throw error;
    throw new AppError(
      "unavailable",
      `The disk is full: ${what} could not be written, and nothing of it was kept; what was there before is as it was. Free some space, then run the same again.`,
      { cause },
    );
  }
}

/**
 * Fills a folder so that it is there whole or not at all: it is written beside its place, synced, then renamed. Where
 * the folder exists, its other files stay, and the new files replace theirs one by one, `last` at the end.
 * @param fill writes into the folder it is given @throws AppError unavailable when the disk is full
 */
export async function writeFolder<T>(
  dir: string,
  fill: (temporary: string) => Promise<T>,
  last: readonly string[] = [],
): Promise<T> {
  const parent = dirname(dir);
  // One name a folder: what a killed process left is cleared by the next.
  const temporary = join(parent, `.${basename(dir)}.partial`);
  return onFullDisk(dir, async () => {
    await mkdir(parent, { recursive: true });
    await rm(temporary, { recursive: true, force: true });
    try {
      await mkdir(temporary);
      const result = await fill(temporary);
      await syncFiles(temporary);
      if (await exists(dir)) await moveFiles(temporary, dir, last);
      else await rename(temporary, dir);
      await sync(parent);
      return result;
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  });
}

async function syncFiles(dir: string): Promise<void> {
  for (const name of await readdir(dir)) await sync(join(dir, name));
  await sync(dir);
}

async function moveFiles(from: string, to: string, last: readonly string[]): Promise<void> {
  const names = await readdir(from);
  for (const name of names.toSorted((a, b) => last.indexOf(a) - last.indexOf(b))) {
    await rename(join(from, name), join(to, name));
  }
  await sync(to);
}

async function sync(path: string): Promise<void> {
  const file = await open(path);
  try {
    await file.sync();
  } catch (error) {
    // Folders cannot be synced everywhere (Windows); their files were.
    if (!["EPERM", "EISDIR", "EINVAL"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw error;
  } finally {
    await file.close();
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
