/** `npm run check`: all that can be said about the code in under a minute. */
import { ensureInstalled, requireNode } from "./install.mjs";

requireNode();
await ensureInstalled();
const { conclude, runSteps, steps } = await import("./steps.mjs");
conclude(
  await runSteps([
    steps.unit,
    steps.lint,
    steps.types,
    steps.boundaries,
    steps.deadCode,
    steps.format,
  ]),
);
