/** Builds the site when its sources changed since the last build. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root, run, toolNode } from "./install.mjs";

const sources = [
  "app",
  "server",
  "package-lock.json",
  "next.config.js",
  "tsconfig.json",
  ".postcssrc.json",
];
const distDir = process.env.NEXT_DIST_DIR ?? ".next";
const marker = path.join(root, distDir, "revealed-build");

function* filesBelow(entry) {
  if (!existsSync(entry)) return;
  if (!statSync(entry).isDirectory()) return yield entry;
  for (const name of readdirSync(entry).sort()) yield* filesBelow(path.join(entry, name));
}

function sourceHash() {
  const hash = createHash("sha256").update(process.versions.node);
  for (const source of sources)
    for (const file of filesBelow(path.join(root, source)))
      if (!/\.test\.tsx?$/.test(file))
        hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest("hex");
}

export async function ensureBuilt() {
  const wanted = sourceHash();
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return;
  console.log("Building the site (once after every change, under a minute) …");
  const next = path.join(root, "node_modules/next/dist/bin/next");
  const node = await toolNode();
  // Its compiler starts further Nodes, by the search path
  const PATH = [path.dirname(node), process.env.PATH].join(path.delimiter);
  try {
    await run(node, [next, "build"], {
      env: { ...process.env, PATH, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    });
  } catch (error) {
    console.error(`The site could not be built (${error.message}) The lines above say why.`);
    process.exit(1);
  }
  writeFileSync(marker, wanted);
}
