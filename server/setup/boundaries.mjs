/** Checks who imports whom, and that the checker saw the code at all: one that reads no module passes in silence. */
import { spawnSync } from "node:child_process";
import { bin, root } from "./install.mjs";

const result = spawnSync(
  process.execPath,
  [bin("depcruise"), "--output-type", "json", "app", "server"],
  {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  },
);
if (!result.stdout) {
  console.error(result.stderr || "dependency-cruiser printed nothing.");
  process.exit(1);
}
const { modules, summary } = JSON.parse(result.stdout);
const ours = modules.filter((module) => /^(app|server)\/.*\.tsx?$/.test(module.source));
const imports = ours.reduce((sum, module) => sum + module.dependencies.length, 0);
if (ours.length < 50 || imports < 100) {
  console.error(
    `The boundary check saw only ${ours.length} modules and ${imports} imports: it is not reading the code.`,
  );
  process.exit(1);
}
for (const { rule, from, to } of summary.violations)
  console.error(`${rule.name}: ${from} must not import ${to}`);
console.log(`${ours.length} modules, ${imports} imports, ${summary.error} violations`);
process.exit(summary.error > 0 ? 1 : 0);
