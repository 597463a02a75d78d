import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeFolder } from "./disk";
import { writeSafetensors } from "./safetensors";
import { loadState, saveState } from "./training-state";

let dir: string;
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), "revealed-state-")), "checkpoints");
});
afterEach(() => rm(join(dir, ".."), { recursive: true }));

const state = (step: number) => ({
  step,
  tensors: new Map([["w", { shape: [2], data: Float32Array.of(step, 1 / 3) }]]),
  json: { cursor: step, random: [0xffffffff, 0.1] },
});

test("the newest state comes back as it was", async () => {
  expect(await loadState(dir)).toBeNull();
  await saveState(dir, state(9));
  await saveState(dir, state(10));
  expect(await loadState(dir)).toEqual(state(10));
});

test("keeps the last ones only", async () => {
  for (const step of [1, 2, 3, 4]) await saveState(dir, state(step), { keep: 3 });
  expect(await readdir(dir)).toEqual(["step-000000002", "step-000000003", "step-000000004"]);
});

test("a step that is done again is replaced", async () => {
  await saveState(dir, state(5));
  await saveState(dir, { ...state(5), json: "again" });
  expect((await loadState(dir))?.json).toBe("again");
});

test("what a killed process left half-written is not a state", async () => {
  await saveState(dir, state(1));
  await mkdir(join(dir, ".step-000000002.partial"));
  await writeFile(join(dir, ".step-000000002.partial", "state.json"), "{");
  expect(await loadState(dir)).toEqual(state(1));
  await saveState(dir, state(2));
  expect(await readdir(dir)).toEqual(["step-000000001", "step-000000002"]);
});

// Linux's device that is always full
test.skipIf(process.platform !== "linux")("a full disk is told of the state's folder", async () => {
  await saveState(dir, state(1));
  const write = writeFolder(join(dir, "step-000000002"), async (temporary) => {
    await symlink("/dev/full", join(temporary, "state.safetensors"));
    await writeSafetensors(join(temporary, "state.safetensors"), state(2).tensors);
  });
  await expect(write).rejects.toThrow(/disk is full: \S*step-000000002 could not be written/);
  expect(await readdir(dir)).toEqual(["step-000000001"]);
});

test("a broken state is named with the way on", async () => {
  await writeFile(join(await saveState(dir, state(1)), "state.json"), "{");
  await expect(loadState(dir)).rejects.toThrow(
    /checkpoint .*step-000000001 cannot be read.*Remove that folder/,
  );
});
