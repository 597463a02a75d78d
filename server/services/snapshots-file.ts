import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { AppError } from "../domain/app-error";
import type { KwiseRow } from "../domain/formats/kwise";
import { kwiseRow } from "../domain/formats/kwise";
import { linesOf, rowsOf } from "../domain/formats/lines";

/** Snapshots lie beside the database, named by their content: two of the same rows are one file. */
export function snapshotPath(folder: string, hash: string): string {
  return join(folder, `${hash}.jsonl.gz`);
}

/** The dataset card lies beside the rows that it describes. */
export function cardPath(path: string): string {
  return path.replace(/\.jsonl\.gz$/, ".md");
}

/**
 * Writes rows one by one, at constant memory, and gives the file its content's name at the end: a
 * crash leaves a temporary file and never half a snapshot.
 * @param folder of snapshots
 * @returns hash: SHA-256 (hex) of the uncompressed lines; the gzip's own bytes may differ by version
 */
export async function writeSnapshotFile(
  folder: string,
  rows: AsyncIterable<object>,
): Promise<{ hash: string; path: string }> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  const digest = createHash("sha256");
  async function* lines() {
    for await (const row of rows) {
      const line = `${JSON.stringify(row)}\n`;
      digest.update(line, "utf8");
      yield line;
    }
  }
  try {
    await pipeline(Readable.from(inPieces(lines())), createGzip(), createWriteStream(temporary));
    const hash = digest.digest("hex");
    const path = snapshotPath(folder, hash);
    await settle(temporary, path);
    return { hash, path };
  } catch (error) {
    await rm(temporary, { force: true });
    throw diskError(error, folder);
  }
}

/** Lines in pieces of about 64 kB: a stream costs by the piece, and a pair is short. */
export async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = "";
  for await (const line of lines) {
    piece += line;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

/** Writes a small text file whole or not at all. */
export async function writeTextFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await pipeline(Readable.from([text]), createWriteStream(temporary));
    await settle(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw diskError(error, path);
  }
}

/** The rename is the commit: what it names is on the disk by then. */
async function settle(temporary: string, path: string): Promise<void> {
  const file = await open(temporary, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

function diskError(error: unknown, where: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code !== "ENOSPC" && code !== "EDQUOT") return error;
  return new AppError(
    "unavailable",
    `The disk that holds ${where} is full, so the snapshot was not made and nothing was changed; free some space and make it again.`,
    { cause: error },
  );
}

/** The snapshot's rows in order, one at a time. @throws AppError not-found when its file is gone */
export async function* readSnapshotFile(path: string): AsyncGenerator<KwiseRow> {
  yield* rowsOf(linesOf(snapshotBytes(path), path), path, kwiseRow);
}

/** The uncompressed bytes of a snapshot as they stream from the disk. */
export async function* snapshotBytes(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path);
  const text = createGunzip();
  file.on("error", (error) => text.destroy(error));
  try {
    for await (const chunk of file.pipe(text)) yield chunk as Uint8Array;
  } catch (error) {
    throw missing(error, path);
  } finally {
    file.destroy(); // a reader that stops early must not leave the file open
    text.destroy();
  }
}

function missing(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code !== "ENOENT" && !code.startsWith("Z_")) return error;
  const what = code === "ENOENT" ? "gone" : "damaged";
  return new AppError(
    "not-found",
    `The file of this snapshot (${path}) is ${what}; put it back from a backup, or make a new snapshot.`,
    { cause: error },
  );
}
