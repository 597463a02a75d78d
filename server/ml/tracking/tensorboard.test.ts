import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { crc32c } from "./crc32c";
import { scalarsEvent, stepOf, versionEvent } from "./event";
import { openTensorboard } from "./tensorboard";
import { frameRecord, readRecords } from "./tfrecord";
import type { Measured } from "./tracker";

const seconds = 1_700_000_000.25;
const measured: Measured = { step: 300, metrics: { loss: 0.5, "objective/kl": -1.25 } };
const bytes = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex");

describe("the format, byte for byte as TensorBoard's own writer has it", () => {
  it("a CRC-32C", () => {
    expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283); // RFC 3720's check value
  });

  it("the version", () => {
    expect(versionEvent(seconds)).toEqual(
      bytes("0900001040fc54d941 1a0d 627261696e2e4576656e743a32"),
    );
  });

  it("scalars in their record", () => {
    const event = bytes(
      "0900001040fc54d941 10ac02 2a22 0a0b0a046c6f7373150000003f 0a130a0c6f626a6563746976652f6b6c150000a0bf",
    );
    expect(scalarsEvent(measured, seconds)).toEqual(event);
    expect(frameRecord(event)).toEqual(
      Buffer.concat([bytes("3000000000000000 95f5d05f"), event, bytes("26215a01")]),
    );
  });
});

it.each([0, 1, 127, 128, 300, 5_000_000_000])("step %d is read back", (step) => {
  expect(stepOf(scalarsEvent({ step, metrics: { loss: 1 } }, seconds))).toBe(step);
});

it("records end where one is torn or damaged", () => {
  const file = Buffer.concat([frameRecord(bytes("01")), frameRecord(bytes("0203"))]);
  const read = (part: Buffer) => [...readRecords(part)].map(({ data }) => data.toString("hex"));
  expect(read(file)).toEqual(["01", "0203"]);
  expect(read(file.subarray(0, -1))).toEqual(["01"]);
  file[12] ^= 1;
  expect(read(file)).toEqual([]);
});

describe("a run's file", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), "tensorboard-"));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const at = (step: number): Measured => ({ step, metrics: { loss: 1 / step } });
  const file = async () => path.join(dir, (await readdir(dir))[0]);
  const steps = async () =>
    [...readRecords(await readFile(await file()))].map(({ data }) => stepOf(data));
  const write = async (past: Measured[] | null, ...wanted: number[]) => {
    const tracker = await openTensorboard(dir, { past });
    for (const step of wanted) await tracker.step(at(step));
    await tracker.end("done");
  };

  it("holds each step once, though a run was killed after its checkpoint and did steps again", async () => {
    await write(null, 1, 2, 3, 4);
    await appendFile(await file(), "torn");
    await write([at(1), at(2)], 3, 4, 5);
    expect(await readdir(dir)).toHaveLength(1);
    expect(await steps()).toEqual([0, 1, 2, 3, 4, 5]); // 0 is the version
  });

  it("holds what was measured before TensorBoard was asked for", async () => {
    await write([at(1), at(2)], 3);
    expect(await steps()).toEqual([0, 1, 2, 3]);
  });

  it("begins anew where no step was kept", async () => {
    await write(null, 1, 2);
    await write([], 1);
    expect(await steps()).toEqual([0, 1]);
  });

  it("is not mixed with another run's", async () => {
    await write(null, 1);
    await expect(openTensorboard(dir, { past: null })).rejects.toThrow(
      /holds the event file of another run .* give another folder/,
    );
  });
});
