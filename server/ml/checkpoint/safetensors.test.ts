import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, asyncProperty, integer, nat, oneof, record, uint8Array } from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "../../domain/app-error";
import type { Weights } from "../nn/model";
import { readSafetensors, writeSafetensors } from "./safetensors";

let dir: string;
let path: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "revealed-safetensors-"));
  path = join(dir, "x.safetensors");
});
afterAll(() => rm(dir, { recursive: true }));

const weights = (): Weights =>
  new Map([
    ["a.weight", { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-30, -1e30) }],
    ["scalar", { shape: [], data: Float32Array.of(7) }],
    ["empty", { shape: [0, 4], data: new Float32Array() }],
  ]);

/** A file from a header and data bytes, as a stranger might write it. */
function fileOf(header: unknown, data: Uint8Array = new Uint8Array(), length?: bigint): Buffer {
  const json = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length ?? BigInt(json.length));
  return Buffer.concat([size, json, data]);
}

const f32 = (shape: number[], start: number, end: number) => ({
  dtype: "F32",
  shape,
  data_offsets: [start, end],
});

test("what is written is read, names, shapes, numbers and metadata", async () => {
  await writeSafetensors(path, weights(), { format: "pt", note: '한 "줄"' });
  const { tensors, metadata } = await readSafetensors(path);
  expect(tensors).toEqual(weights());
  expect(metadata).toEqual({ format: "pt", note: '한 "줄"' });
  const headerBytes = (await readFile(path)).readBigUInt64LE();
  expect(headerBytes % 8n).toBe(0n); // data is aligned for readers that map the file
});

test("views of one buffer write only their own part", async () => {
  const memory = Float32Array.of(1, 2, 3, 4);
  await writeSafetensors(path, new Map([["part", { shape: [2], data: memory.subarray(1, 3) }]]));
  expect([...(await readSafetensors(path)).tensors.get("part")!.data]).toEqual([2, 3]);
});

test("the hash is that of the file", async () => {
  const { createHash } = await import("node:crypto");
  const hash = await writeSafetensors(path, weights());
  expect(hash).toBe(
    createHash("sha256")
      .update(await readFile(path))
      .digest("hex"),
  );
});

test("half precision is widened exactly", async () => {
  const halves = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x83ff, 0x7bff, 0x7c00, 0xfc00, 0x8000);
  const bf16 = Uint16Array.of(0x3f80, 0xc049, 0x0001, 0x7f80);
  const data = Buffer.concat([Buffer.from(halves.buffer), Buffer.from(bf16.buffer)]);
  const header = {
    h: { dtype: "F16", shape: [8], data_offsets: [0, 16] },
    b: { dtype: "BF16", shape: [4], data_offsets: [16, 24] },
  };
  await writeFile(path, fileOf(header, data));
  const { tensors } = await readSafetensors(path);
  const [small, notNormal] = [2 ** -24, -(1023 / 1024) * 2 ** -14];
  const expected = [1, -2, small, notNormal, 65504, Infinity, -Infinity, -0];
  expect([...tensors.get("h")!.data]).toEqual(expected);
  expect([...tensors.get("b")!.data]).toEqual([1, -3.140625, 2 ** -133, Infinity]);
});

describe("refuses, naming what is wrong:", () => {
  const four = new Uint8Array(4);
  test.each<[string, Buffer, RegExp]>([
    ["an empty file", Buffer.alloc(0), /it has 0 bytes/],
    ["a header longer than the file", fileOf("{}", four, 1000n), /header claims 1000 bytes/],
    ["an absurd header length", fileOf("{}", four, 2n ** 63n), /header claims 9223372036854775808/],
    ["a header that is not JSON", fileOf("{,}"), /header is not JSON/],
    ["a header that is no object", fileOf("[1]"), /not a JSON object/],
    ["metadata that is not text", fileOf({ __metadata__: { a: 1 } }), /__metadata__/],
    [
      "an unknown dtype",
      fileOf({ w: { ...f32([1], 0, 4), dtype: "F7" } }, four),
      /tensor w.*dtype/s,
    ],
    ["a negative size", fileOf({ w: f32([-1], 0, 4) }, four), /tensor w is described wrongly/],
    ["a size that is no integer", fileOf({ w: f32([0.5], 0, 2) }, four), /tensor w/],
    ["offsets out of order", fileOf({ w: f32([1], 4, 0) }, four), /tensor w ends before it starts/],
    [
      "bytes that the shape does not give",
      fileOf({ w: f32([3], 0, 4) }, four),
      /w of F32 \[3\] takes 12 bytes but has 4/,
    ],
    [
      "a shape whose size overflows",
      fileOf({ w: f32([2 ** 52, 2 ** 52], 0, 4) }, four),
      /tensor w/,
    ],
    ["data beyond the end", fileOf({ w: f32([2], 0, 8) }, four), /tensor w ends at byte 8 of 4/],
    [
      "overlapping tensors",
      fileOf({ a: f32([1], 0, 4), b: f32([1], 0, 4) }, four),
      /tensor b overlaps/,
    ],
    [
      "a name that is there twice",
      fileOf(
        '{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\\u0077":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
        four,
      ),
      /tensor w is there twice/,
    ],
    [
      "a property that is there twice",
      fileOf('{"w":{"dtype":"F16","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', four),
      /tensor w has dtype twice/,
    ],
    [
      "a header deeper than it can be",
      fileOf(`{"w":${"[".repeat(1e6)}`),
      /tensor w is described wrongly/,
    ],
    ["a name of many lines", fileOf({ ["a\n".repeat(500)]: 1 }), /^[^\n]{1,900}$/],
    ["a gap", fileOf({ a: f32([1], 4, 8) }, new Uint8Array(8)), /gap of 4 bytes before tensor a/],
    ["bytes of no tensor", fileOf({ a: f32([1], 0, 4) }, new Uint8Array(9)), /5 bytes at its end/],
    [
      "a dtype that cannot be widened",
      fileOf({ w: { ...f32([1], 0, 8), dtype: "I64" } }, new Uint8Array(8)),
      /tensor w is stored as I64/,
    ],
  ])("%s", async (_, bytes, message) => {
    await writeFile(path, bytes);
    const error = await readSafetensors(path).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "bad-input", message: expect.stringMatching(message) });
  });

  test("a file that is not there", async () => {
    await expect(readSafetensors(join(dir, "none"))).rejects.toMatchObject({ code: "not-found" });
  });
});

test("no change of a file's bytes does more than be refused", async () => {
  await writeSafetensors(path, weights());
  const good = await readFile(path);
  const change = record({
    at: nat(good.length - 1),
    bytes: uint8Array({ minLength: 1, maxLength: 8 }),
  });
  const cut = record({ keep: integer({ min: 0, max: good.length - 1 }) });
  const fuzzed = join(dir, "fuzzed.safetensors");
  let refused = 0;
  await assert(
    asyncProperty(oneof(change, cut), async (damage) => {
      const bytes = Buffer.from("keep" in damage ? good.subarray(0, damage.keep) : good);
      if ("at" in damage) bytes.set(damage.bytes.subarray(0, bytes.length - damage.at), damage.at);
      await writeFile(fuzzed, bytes);
      const result = await readSafetensors(fuzzed).catch((error: unknown) => error);
      if (!(result instanceof Error)) return;
      refused++;
      expect(result).toBeInstanceOf(AppError);
    }),
    { numRuns: 400 },
  );
  expect(refused).toBeGreaterThan(100);
});

test("a full disk is a sentence that says what to do", async () => {
  // Linux's device that is always full
  const write = writeSafetensors(
    process.platform === "linux" ? "/dev/full" : join(dir, "none", "x"),
    weights(),
  );
  const expected = process.platform === "linux" ? /disk is full.*Free some space/ : /./;
  await expect(write).rejects.toThrow(expected);
});
