import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runLoad } from "../../e2e/load/run-load";

const build = fileURLToPath(new URL("../setup/build.mjs", import.meta.url));

test("labelers at work while the server is killed: no ranking lost, doubled, or beyond a task's overlap", async () => {
  const script = `import(${JSON.stringify(build)}).then(({ ensureBuilt }) => ensureBuilt())`;
  expect(spawnSync(process.execPath, ["-e", script], { encoding: "utf8" })).toMatchObject({
    status: 0,
  });
  // few tasks for many people: they meet on the same ones
  const size = { labelers: 8, completions: 300, rankings: 20, seed: 1 };
  const how = { minutes: 0.3, think: [0.4, 1], dying: 0.1, kills: 1 } as const;
  const report = await runLoad({ ...size, ...how });
  expect(report.restarts).toHaveLength(1);
  expect(report.acknowledged).toBeGreaterThan(0);
  expect(report.refused).toEqual([]);
  expect(report.lostDrafts).toBe(0);
  expect(report.audit).toMatchObject({ lost: 0, doubled: 0, overCollected: 0 });
  expect(report.audit.rankings).toBeGreaterThanOrEqual(
    size.rankings + report.acknowledged - report.late,
  );
});
