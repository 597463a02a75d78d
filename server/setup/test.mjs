/** `npm test`: sets up all it needs, then every check there is, browser and golden numbers included. */
import { ensureInstalled, requireNode } from "./install.mjs";

requireNode();
await ensureInstalled();
const { ensureChromium } = await import("./chromium.mjs");
const { ensureBuilt } = await import("./build.mjs");
const { conclude, runSteps, steps } = await import("./steps.mjs");

const chromium = await ensureChromium();
const fast = await runSteps([
  steps.unit,
  steps.lint,
  steps.types,
  steps.boundaries,
  steps.deadCode,
  steps.format,
]);
const slow = await runSteps([steps.unitPostgresql, steps.integration, steps.golden]);
await ensureBuilt();
const browser = await runSteps([steps.browser(chromium)], 1);
conclude(fast, slow, browser);
