import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { AppError } from "../domain/app-error";
import { linesOf, rowsOf } from "../domain/formats/lines";
import type { JsonObject, Where } from "../domain/formats/row";

/**
 * All rows of a `.jsonl` file, gzipped or not (told by its first bytes, not its name).
 * @throws AppError not-found, or bad-input naming file, line and field
 */
export async function readRows<T>(
  file: string,
  read: (object: JsonObject, where: Where) => T,
): Promise<T[]> {
  const rows: T[] = [];
  for await (const row of rowsOf(linesOf(bytesOf(file), file), file, read)) rows.push(row);
  return rows;
}

/**
 * A file's bytes, unpacked where it is gzipped.
 * @param onRead is told how many bytes of the file itself have been read
 */
export async function* bytesOf(
  file: string,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const kind = await kindOf(file);
  if (kind === "parquet") {
    throw new AppError(
      "bad-input",
      `${file} is a Parquet file; save its rows as .jsonl or .jsonl.gz.`,
    );
  }
  const raw = createReadStream(file);
  if (kind === "plain") {
    yield* telling(raw, raw, onRead);
    return;
  }
  const unpacked = createGunzip();
  raw.on("error", (error) => unpacked.destroy(error));
  try {
    yield* telling(raw.pipe(unpacked), raw, onRead);
  } catch (error) {
    if (isNodeError(error) && error.code?.startsWith("Z_")) {
      throw new AppError(
        "bad-input",
        `${file} is gzipped but damaged or cut short (${error.message}); make the file again.`,
        { cause: error },
      );
    }
    throw error;
  } finally {
    raw.destroy();
  }
}

async function* telling(
  chunks: AsyncIterable<Uint8Array>,
  file: { readonly bytesRead: number },
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onRead(file.bytesRead);
    yield chunk;
  }
}

async function kindOf(file: string): Promise<"plain" | "gzip" | "parquet"> {
  const info = await stat(file).catch(() => null);
  if (info === null) {
    throw new AppError("not-found", `${file} does not exist; give the path of a data file.`);
  }
  if (info.isDirectory()) {
    throw new AppError("bad-input", `${file} is a folder; give the path of a data file in it.`);
  }
  const head = Buffer.alloc(4);
  const handle = await open(file);
  try {
    await handle.read(head, 0, 4, 0);
  } finally {
    await handle.close();
  }
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  return head.toString("latin1") === "PAR1" ? "parquet" : "plain";
}

/** Makes sure, before the work, that a file can be written where it is wanted. */
export async function prepareOut(file: string): Promise<void> {
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  const info = await stat(file).catch(() => null);
  if (info?.isDirectory()) {
    throw new AppError("bad-input", `${file} is a folder; give --out the path of a file.`);
  }
}

/** Writes lines to a file (gzipped where its name ends in .gz): whole, or not at all. */
export async function writeLines(file: string, lines: Iterable<string>): Promise<void> {
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  const source = Readable.from(withNewlines(lines));
  try {
    if (file.endsWith(".gz")) {
      await pipeline(source, createGzip(), createWriteStream(temporary));
    } else await pipeline(source, createWriteStream(temporary));
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw named(error, file);
  }
}

/** A system's error that names this file, whatever it was about (a temporary one, or none). */
export function named(error: unknown, file: string): unknown {
  if (isNodeError(error)) error.path = file;
  return error;
}

function* withNewlines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}

/** sha256 of a file's bytes, hex. */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

/** A JSON object from a file. */
export async function readJsonObject(file: string): Promise<JsonObject> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new AppError("not-found", `${file} cannot be read; give the path of a JSON file.`, {
      cause: error,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError("bad-input", `${file} is not JSON (${why}); correct it.`, { cause: error });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AppError("bad-input", `${file} holds no JSON object; write {"option": value, …}.`);
  }
  return value as JsonObject;
}

export function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error;
}
