import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Outcome } from "./case";
import { runGolden } from "./golden";

/** The full set where it stands beside the repository, else the small one that it carries. */
function defaultFolder(): string {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const full = path.join(root, "../shared/golden");
  return existsSync(full) ? full : path.join(root, "server/golden/vectors");
}

const folder = path.resolve(process.env.GOLDEN_DIR ?? defaultFolder());
const outcomes = await runGolden(folder);

const topics = [...new Set(outcomes.map((outcome) => outcome.topic))];
const count = (of: readonly Outcome[], status: Outcome["status"]) =>
  of.filter((outcome) => outcome.status === status).length;
const summary = (of: readonly Outcome[]) =>
  `${count(of, "passed")} passed, ${count(of, "failed")} failed, ${count(of, "skipped")} skipped`;

for (const topic of topics) {
  const own = outcomes.filter((outcome) => outcome.topic === topic);
  console.log(`${topic}: ${summary(own)}`);
  for (const outcome of own.filter(({ status }) => status === "failed")) {
    console.log(`  failed ${outcome.name}: ${outcome.why}`);
  }
  const skips = own.filter(({ status }) => status === "skipped");
  for (const why of new Set(skips.map((outcome) => outcome.why))) {
    const skipped = skips.filter((outcome) => outcome.why === why);
    const names = [...new Set(skipped.map(({ name }) => name.split(" ")[0]))].join(", ");
    console.log(`  skipped ${skipped.length} (${names}): ${why}`);
  }
}
console.log(summary(outcomes));
process.exitCode = count(outcomes, "failed") > 0 ? 1 : 0;
