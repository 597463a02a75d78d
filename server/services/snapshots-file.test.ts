import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exportLines } from "./export";
import { readSnapshotFile, writeSnapshotFile } from "./snapshots-file";

let folder = "";
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), "revealed-snapshot-")), "snapshots");
});
afterEach(() => rm(path.dirname(folder), { recursive: true }));

const row = (i: number, text = `answer ${i}`) => ({
  id: `r${i}`,
  prompt: `prompt ${i}`,
  completions: ["a", "b", "c", "d"].map((id) => ({ id, text: `${text} ${id}` })),
  ranking: [["b"], ["a", "c"], ["d"]],
  not_rankable: [],
  simulated: i % 2 === 1,
  split: "train",
});

async function* rows(count: number) {
  for (let i = 0; i < count; i++) yield await Promise.resolve(row(i));
}

test("what is written is read back, character for character", async () => {
  const text = 'line\nbreak, tab\t, "quotes", 한국어, 😀, \u2028 and \u0000';
  async function* one() {
    yield await Promise.resolve(row(0, text));
  }
  const { path: file, hash } = await writeSnapshotFile(folder, one());
  expect(file).toContain(hash);
  for await (const read of readSnapshotFile(file)) expect(read).toEqual(row(0, text));
});

test("the same rows are the same file, other rows another", async () => {
  const first = await writeSnapshotFile(folder, rows(3));
  expect(await writeSnapshotFile(folder, rows(3))).toEqual(first);
  expect((await writeSnapshotFile(folder, rows(4))).hash).not.toBe(first.hash);
  expect(await readdir(folder)).toHaveLength(2);
});

test("a failure on the way leaves no half file", async () => {
  async function* failing() {
    yield* rows(500);
    throw new Error("the database went away");
  }
  await expect(writeSnapshotFile(folder, failing())).rejects.toThrow("the database went away");
  expect(await readdir(folder)).toEqual([]);
});

test("a full disk is said in a sentence", async () => {
  async function* full() {
    yield* rows(1);
    throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  }
  await expect(writeSnapshotFile(folder, full())).rejects.toThrow(
    "is full, so the snapshot was not made and nothing was changed; free some space",
  );
});

test("rows are read as they are asked for, and reading may stop early", async () => {
  const { path: file } = await writeSnapshotFile(folder, rows(20_000));
  const wanted = { format: "pairs", split: "all", includeSimulated: false } as const;
  let lines = 0;
  for await (const line of exportLines(file, wanted)) {
    expect(JSON.parse(line)).toMatchObject({ ranking_id: "r0" });
    if (++lines === 3) break;
  }
  expect(lines).toBe(3);
  await rm(file); // nothing holds it open
});
