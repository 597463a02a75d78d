import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../domain/app-error";
import { explain } from "./failure";
import { resumeCommand } from "./interrupt";
import { duration, short } from "./output";
import { inFiles } from "./row-names";
import {
  appendMetrics,
  cutMetrics,
  fileOf,
  openTrainingFolder,
  type RunRecord,
  writeRecord,
} from "./training-folder";

let out: string;
beforeEach(async () => {
  out = path.join(await mkdtemp(path.join(tmpdir(), "revealed-run-")), "run");
});
afterEach(() => rm(path.dirname(out), { recursive: true }));

const record: RunRecord = {
  kind: "sft",
  status: "running",
  seed: 1,
  provider: "cpu",
  config: { epochs: 2, learningRate: null },
  inputs: { data: { path: "d.jsonl", hash: "aa" } },
  versions: {},
  startedAt: "2026-01-01T00:00:00Z",
  seconds: 0,
};

describe("a training's folder", () => {
  test("is new, then only resumed when asked", async () => {
    expect(await openTrainingFolder(out, record, false)).toBeNull();
    await expect(openTrainingFolder(out, record, false)).rejects.toThrow("add --resume");
    expect(await openTrainingFolder(out, record, true)).toMatchObject({ seed: 1 });
  });

  test.each([
    [{ seed: 2 }, "its seed was 1 and is now 2"],
    [{ config: { epochs: 3, learningRate: null } }, 'its option "epochs" was 2 and is now 3'],
    [{ inputs: { data: { path: "d.jsonl", hash: "bb" } } }, "data (d.jsonl) has changed"],
    [
      { inputs: { data: { path: "new.jsonl", hash: "bb" } } },
      'its data was "d.jsonl" and is now "new.jsonl"',
    ],
    [
      { inputs: { ...record.inputs, eval: { path: "e.jsonl", hash: "bb" } } },
      'its eval was null and is now "e.jsonl"',
    ],
    [{ kind: "reward" as const }, 'its kind was "sft"'],
    [
      { seed: 2, config: { epochs: 2, learningRate: 0.1 } },
      'its seed was 1 and is now 2; its option "learningRate" was null and is now 0.1; give',
    ],
  ])("another run is not taken for it: %j", async (change, message) => {
    await openTrainingFolder(out, record, false);
    await expect(openTrainingFolder(out, { ...record, ...change }, true)).rejects.toThrow(message);
  });

  test("an option that is new since had its default", async () => {
    await openTrainingFolder(out, record, false);
    const resume = (added: number) => {
      const now = { ...record, config: { ...record.config, added } };
      return openTrainingFolder(out, now, true, { epochs: 1, added: 0 });
    };
    expect(await resume(0)).toMatchObject({ seed: 1 });
    await expect(resume(0.5)).rejects.toThrow('its option "added" was 0 and is now 0.5');
  });

  test("a record that is none is said so", async () => {
    await openTrainingFolder(out, record, false);
    await writeFile(fileOf(out).run, '{"kind": "cake"}');
    await expect(openTrainingFolder(out, record, true)).rejects.toThrow("not the record");
  });

  test("metrics after a checkpoint are taken back, half a line too", async () => {
    await openTrainingFolder(out, record, false);
    for (const step of [1, 2, 3]) await appendMetrics(out, step, { loss: 1 / step });
    await writeFile(fileOf(out).metrics, '{"step":4,"lo', { flag: "a" });
    await cutMetrics(out, 2);
    const text = await readFile(fileOf(out).metrics, "utf8");
    expect(text).toBe('{"step":1,"loss":1}\n{"step":2,"loss":0.5}\n');
    await writeRecord(out, { ...record, status: "done" });
    expect(await openTrainingFolder(out, record, true)).toMatchObject({ status: "done" });
  });
});

test("the command that resumes can be pasted", () => {
  expect(resumeCommand(["train", "sft", "--data", "my file.jsonl", "--out", "it's"])).toBe(
    `npm run -s revealed -- train sft --data 'my file.jsonl' --out 'it'\\''s' --resume`,
  );
  expect(resumeCommand(["x", "--resume"])).toBe("npm run -s revealed -- x --resume");
});

test("rows are named by file and line", () => {
  const files = { ranking: { file: "r.jsonl", lines: [1, 4] } };
  expect(inFiles("ranking 2: too long", files)).toBe("r.jsonl, line 4: too long");
  expect(inFiles("ranking 9: too long", files)).toBe("ranking 9: too long");
  expect(inFiles("example 1: too long", files)).toBe("example 1: too long");
});

test("failures have exit codes and one sentence", () => {
  expect(explain(new AppError("bad-input", "no"))).toEqual({ code: 2, sentence: "no." });
  expect(explain(new AppError("cancelled", "stopped; go on with: x --resume"))).toEqual({
    code: 130,
    sentence: "stopped; go on with: x --resume",
  });
  expect(explain(new AppError("internal", "x")).code).toBe(1);
  const full = Object.assign(new Error("write"), { code: "ENOSPC", path: "/x" });
  expect(explain(full)).toEqual({
    code: 2,
    sentence: "/x does not fit: the disk is full; free some space, then run the command again.",
  });
  const ours = explain(new TypeError("undefined is\nnot"));
  expect(ours.code).toBe(1);
  expect(ours.sentence).toContain("not yours: undefined is (");
});

test("numbers and times for the eye", () => {
  expect([short(12345), short(0.123456), short(1e-5), short(NaN)]).toEqual([
    "12,345",
    "0.1235",
    "1.00e-5",
    "NaN",
  ]);
  expect([duration(3.21), duration(83)]).toEqual(["3.2 s", "1 min 23 s"]);
});
