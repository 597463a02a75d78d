import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("run.ts", import.meta.url));
const bench = (...args: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", script, ...args], { encoding: "utf8" });

test("one small work from the shell: a table, and one object as the last line", () => {
  const args = ["generate", "--only", "tinystories b1", "--runs", "2", "--threads", "1", "--json"];
  // a Python that is not there: each peer is noted, and ours is measured all the same
  const { status, stdout, stderr } = bench(...args, "--peer", "/no/such/python");
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const lines = stdout.trim().split("\n");
  expect(lines.some((line) => /^generate tinystories b1 +ours/.test(line))).toBe(true);
  const { name, rows, threads } = JSON.parse(lines.at(-1)!);
  expect([name, threads, rows.length]).toEqual(["generate", 1, 1]);
  const [{ work, ours, peers, notes }] = rows;
  expect(work).toBe("generate tinystories b1");
  expect(ours.runs).toBe(2);
  const tokens = (ours.tokens_per_second * ours.ms) / 1000; // of one run: some calls of 128
  expect(Math.round(tokens) % 128).toBe(0);
  expect(tokens).toBeGreaterThan(127);
  expect(ours.min_ms).toBeLessThanOrEqual(ours.ms);
  expect(ours.gemm_share).toBeGreaterThan(0);
  expect(ours.peak_rss_bytes).toBeGreaterThan(1e7);
  expect(peers).toEqual([]);
  expect(notes[0]).toMatch(/^transformers did not run: /);
});

test("a name that is none is refused with those there are", () => {
  const { status, stderr } = bench("train");
  expect(status).toBe(2);
  expect(stderr).toContain("train-step, generate, reward, ppo, all");
});
