import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { AppError } from "../../domain/app-error";
import type { Weights } from "../nn/model";
import { onFullDisk } from "./disk";
import {
  broken,
  MAX_HEADER,
  parseHeader,
  type SafetensorsHeader,
  type TensorInfo,
} from "./safetensors-header";

const CHUNK = 2 ** 30; // one system call moves less than 2 GiB

/** All tensors of a file, widened to fp32, and its metadata. @throws AppError not-found, bad-input */
export async function readSafetensors(
  path: string,
): Promise<{ tensors: Weights; metadata: Readonly<Record<string, string>> }> {
  const { tensors, metadata } = await withFile(path, async (file) => {
    const header = await headerOf(file, path);
    const tensors: Weights = new Map();
    for (const [name, info] of header.tensors) {
      tensors.set(name, {
        shape: info.shape,
        data: await readTensor(file, path, header, name, info),
      });
    }
    return { tensors, metadata: header.metadata };
  });
  return { tensors, metadata };
}

/** What a file says it holds, checked, without its data. */
export function readSafetensorsHeader(path: string): Promise<SafetensorsHeader> {
  return withFile(path, (file) => headerOf(file, path));
}

/** Some tensors of a file, widened to fp32, under the names asked for. @throws AppError bad-input for one that is absent */
export function readSomeTensors(path: string, names: Iterable<string>): Promise<Weights> {
  return withFile(path, async (file) => {
    const header = await headerOf(file, path);
    const tensors: Weights = new Map();
    for (const name of names) {
      const info = header.tensors.get(name);
      if (!info)
        throw new AppError(
          "bad-input",
          `${path} has no tensor ${name}. Copy the whole folder again.`,
        );
      tensors.set(name, {
        shape: info.shape,
        data: await readTensor(file, path, header, name, info),
      });
    }
    return tensors;
  });
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    throw new AppError("not-found", `${path} is not there. Check the path.`, { cause });
  }
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function headerOf(file: FileHandle, path: string): Promise<SafetensorsHeader> {
  const { size } = await file.stat();
  if (size < 8) throw broken(path, `it has ${size} bytes`);
  const length = new DataView((await bytesAt(file, 0, 8, path)).buffer).getBigUint64(0, true);
  if (length > MAX_HEADER || Number(length) > size - 8) {
    throw broken(path, `its header claims ${length} bytes and the file has ${size}`);
  }
  const json = await bytesAt(file, 8, Number(length), path);
  return parseHeader(json, size - 8 - Number(length), path);
}

/** @returns bytes in an ArrayBuffer of their own, so that any typed array can be laid over them */
async function bytesAt(file: FileHandle, at: number, length: number, path: string) {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, Math.min(CHUNK, length - done), at + done);
    if (bytesRead === 0) throw broken(path, "it became shorter while it was read");
    done += bytesRead;
  }
  return bytes;
}

async function readTensor(
  file: FileHandle,
  path: string,
  header: SafetensorsHeader,
  name: string,
  { dtype, start, end }: TensorInfo,
): Promise<Float32Array> {
  const widen = { F32: fromF32, F16: fromF16, BF16: fromBF16 }[dtype as "F32" | "F16" | "BF16"];
  if (!widen) {
    throw new AppError(
      "bad-input",
      `${path}: tensor ${name} is stored as ${dtype}; F32, F16 and BF16 can be read. Save the model in one of these.`,
    );
  }
  try {
    return widen((await bytesAt(file, header.dataStart + start, end - start, path)).buffer);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new AppError(
      "bad-input",
      `${path}: tensor ${name} takes ${end - start} bytes, more than this machine can hold. Use a smaller model.`,
      { cause },
    );
  }
}

function fromF32(buffer: ArrayBuffer): Float32Array {
  return new Float32Array(buffer);
}

function fromBF16(buffer: ArrayBuffer): Float32Array {
  const halves = new Uint16Array(buffer);
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = halves[i] << 16;
  return new Float32Array(bits.buffer);
}

let halfValues: Float32Array | undefined;

function fromF16(buffer: ArrayBuffer): Float32Array {
  halfValues ??= Float32Array.from({ length: 65_536 }, (_, half) => halfValue(half));
  const halves = new Uint16Array(buffer);
  const wide = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) wide[i] = halfValues[halves[i]];
  return wide;
}

/** IEEE 754 half precision: sign, 5 bits of exponent, 10 of fraction. */
function halfValue(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(half >> 10) & 31, half & 1023];
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 25) * (1024 + fraction) : 2 ** -24 * fraction);
}

/**
 * Writes fp32 tensors, synced to disk. @returns sha256 of the file, hexadecimal
 * @throws AppError unavailable when the disk is full
 */
export async function writeSafetensors(
  path: string,
  tensors: Weights,
  metadata: Readonly<Record<string, string>> = {},
): Promise<string> {
  let at = 0;
  const entries = [...tensors].map(([name, { shape, data }]) => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    if (size !== data.length) {
      throw new AppError(
        "internal",
        `tensor ${name} [${shape.join(", ")}] has ${data.length} numbers`,
      );
    }
    const data_offsets = [at, (at += data.byteLength)];
    return [name, { dtype: "F32", shape, data_offsets }];
  });
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const header = Buffer.from(json + " ".repeat((8 - (Buffer.byteLength(json) % 8)) % 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const hash = createHash("sha256");
  return onFullDisk(path, async () => {
    const file = await open(path, "w");
    try {
      const views = [...tensors.values()].map(
        ({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      );
      for (const bytes of [length, header, ...views]) {
        hash.update(bytes);
        for (let done = 0; done < bytes.length;) {
          const part = Math.min(CHUNK, bytes.length - done);
          done += (await file.write(bytes, done, part)).bytesWritten;
        }
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return hash.digest("hex");
  });
}
