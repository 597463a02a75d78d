import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ensureBuilt } from "../setup/build.mjs";

const script = fileURLToPath(new URL("run.ts", import.meta.url));

test("a site that is killed amid labelers loses, doubles and over-collects nothing", async () => {
  await ensureBuilt();
  // few tasks for many labelers: they meet on the same ones, and use them up
  const small = ["--labelers", "12", "--minutes", "0.25", "--completions", "360"];
  const lively = ["--think", "0.5-1.5", "--dying", "0.1", "--kills", "1", "--json"];
  const args = ["--import", "tsx", script, "labelers", ...small, "--rankings", "20", ...lively];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const report = JSON.parse(stdout.trim().split("\n").at(-1)!);
  expect(report.audit).toMatchObject({ lost: 0, doubled: 0, overCollected: 0 });
  expect(report).toMatchObject({ lostDrafts: 0, late: 0, refused: [], kills: 1 });
  expect(report.restarts).toHaveLength(1);
  expect(report.acknowledged).toBeGreaterThan(12);
  expect(report.audit.rankings).toBeGreaterThanOrEqual(20 + report.acknowledged);
});
