import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const executablePath = [process.env.CHROMIUM_PATH, "/usr/bin/chromium"].find(
  (file) => file !== undefined && existsSync(file),
);

/** How a browser is started, for specs and benchmarks. */
export const browserOptions = {
  executablePath,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export default defineConfig({
  testDir: ".",
  outputDir: "results",
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 1, // two cores: one for the browser and the site, one for the worker's training
  retries: 0, // a test that passes the second time has found something
  reporter: [["list"], ["json"]],
  globalSetup: "./fixtures/demo.ts",
  use: {
    browserName: "chromium",
    locale: "en-GB",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: browserOptions,
  },
});
