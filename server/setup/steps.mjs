/** Runs the checks of the repository, two at a time, and counts what they counted. */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { bin, root, toolNode } from "./install.mjs";

const reports = path.join(root, "node_modules", ".cache", "reports");
mkdirSync(reports, { recursive: true });

const counted = (passed, failed, skipped = 0) => ({ passed, failed, skipped });

function vitestCounts(file) {
  return (code) => {
    const report = JSON.parse(readFileSync(file, "utf8"));
    const failed =
      report.numFailedTests +
      report.testResults.filter((t) => t.status === "failed" && t.assertionResults.length === 0)
        .length;
    return counted(
      report.numPassedTests,
      Math.max(failed, code === 0 ? 0 : 1),
      report.numPendingTests + report.numTodoTests,
    );
  };
}

/** The last line "N passed, N failed, N skipped" that a runner printed. */
function printedCounts(code, output) {
  const line = [...output.matchAll(/(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/g)].at(-1);
  if (!line) return counted(0, 1);
  const [, passed, failed, skipped] = line.map(Number);
  return counted(passed, code === 0 ? failed : Math.max(failed, 1), skipped || 0);
}

function playwrightCounts(file) {
  return (code) => {
    const { stats } = JSON.parse(readFileSync(file, "utf8"));
    return counted(
      stats.expected,
      Math.max(stats.unexpected + stats.flaky, code === 0 ? 0 : 1),
      stats.skipped,
    );
  };
}

const vitest = (name, ...args) => {
  const file = path.join(reports, `${name}.json`);
  return {
    name,
    command: [
      bin("vitest"),
      "run",
      "--config",
      "server/setup/vitest.config.ts",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
      ...args,
    ],
    count: vitestCounts(file),
  };
};

const node = await toolNode();

export const steps = {
  format: { name: "format", command: [node, bin("oxfmt"), "--check", "."] },
  lint: { name: "lint", command: [node, bin("oxlint"), "--type-aware", "--deny-warnings", "."] },
  types: { name: "types", command: [bin("tsc"), "--noEmit"] },
  boundaries: { name: "boundaries", command: [node, "server/setup/boundaries.mjs"] },
  deadCode: { name: "dead code", command: [node, bin("knip")] },
  unit: vitest("unit", "--project", "unit"),
  unitPostgresql: vitest("unit-postgresql", "--project", "unit-postgresql"),
  integration: vitest("integration", "--project", "integration"),
  golden: {
    name: "golden",
    command: [process.execPath, "--import", "tsx", "server/golden/run.ts"],
    count: printedCounts,
  },
  browser: (chromium) => {
    const file = path.join(reports, "browser.json");
    return {
      name: "browser",
      command: [bin("playwright"), "test", "--config", "e2e/playwright.config.ts"],
      env: { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
      count: playwrightCounts(file),
    };
  },
};

/** Runs one step; its output is shown whole when it fails, else its last line. */
function runStep({ name, command, env, count }) {
  const startedAt = Date.now();
  return new Promise((resolve) => {
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => (output += error.message));
    child.on("close", (code) => {
      let result = counted(code === 0 ? 1 : 0, code === 0 ? 0 : 1);
      if (count) {
        try {
          result = count(code, output);
        } catch (error) {
          output += `\nNo report was written: ${error.message}`;
          result = counted(0, 1);
        }
      }
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      if (result.failed > 0) console.log(`\n── ${name} ──\n${output.trimEnd()}`);
      console.log(
        `${result.failed > 0 ? "✗" : "✓"} ${name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped (${seconds} s)`,
      );
      resolve(result);
    });
  });
}

/** Runs the steps with `width` at a time and returns the sum of what they counted. */
export async function runSteps(list, width = 2) {
  const waiting = [...list];
  const total = counted(0, 0);
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await runStep(step);
      for (const key of Object.keys(total)) total[key] += result[key];
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return total;
}

export function conclude(...totals) {
  const sum = (key) => totals.reduce((n, total) => n + total[key], 0);
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
  process.exit(sum("failed") > 0 ? 1 : 0);
}
