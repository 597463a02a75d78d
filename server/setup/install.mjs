/** Installs the packages that package-lock.json names, once: later calls return at once. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const marker = path.join(root, "node_modules", ".revealed-install");

/** Runs a command in the repository's root with our output; rejects when it fails. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
    child.on("error", reject);
    child.on("exit", (code, signal) =>
      code === 0
        ? resolve()
        : reject(new Error(`${command} ${args.join(" ")} ended with ${signal ?? `code ${code}`}.`)),
    );
  });
}

/** The command line of a package's own program, run by this Node. */
export function bin(name) {
  const file = path.join(root, "node_modules", ".bin", name);
  return process.platform === "win32" ? `${file}.cmd` : file;
}

/**
 * The Node that builds the site and runs the code checkers, whose packages need 20.19: this one, or on an older
 * one a 22 from npm beside the packages. The product and its tests run on this Node whatever it is.
 */
export async function toolNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return process.execPath;
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const prefix = path.join(root, "node_modules", ".cache", "tool-node");
  const node = path.join(prefix, "node_modules", name, "bin", "node");
  if (!existsSync(node)) {
    console.log("Fetching Node 22 to build with …");
    const options = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
    await run(npm, ["install", "--prefix", prefix, ...options, `${name}@22`]);
  }
  return node;
}

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  console.error(
    `Revealed needs Node 20.9 or newer; this is ${process.versions.node}. Install it from nodejs.org and run the command again.`,
  );
  process.exit(2);
}

function installEnvironment() {
  const env = { ...process.env };
  // Its install step fetches CUDA libraries and fails where it cannot; the CPU and WebGPU providers ship in the package.
  env.ONNXRUNTIME_NODE_INSTALL ??= "skip";
  // Where a native package has to be compiled, use this Node's own headers rather than download them.
  const prefix = path.resolve(process.execPath, "..", "..");
  if (existsSync(path.join(prefix, "include", "node", "node.h"))) env.npm_config_nodedir = prefix;
  return env;
}

/** Whether the one package that is compiled for a Node's version was compiled for this one. */
function nativePackageLoads() {
  const probe = 'new (require("better-sqlite3"))(":memory:")';
  return spawnSync(process.execPath, ["-e", probe], { cwd: root, stdio: "ignore" }).status === 0;
}

export async function ensureInstalled() {
  const lock = readFileSync(path.join(root, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).update(process.versions.modules).digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return;
  console.log("Installing packages (once, about two minutes) …");
  const options = { env: installEnvironment() };
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  try {
    // Not `npm ci`: it refuses a lock file that was written where another platform's optional binaries were not to be had.
    await run(npm, ["install", "--no-save", "--include=dev", ...quiet], options);
    // From Node 24.19 on, better-sqlite3 12 aborts when a statement is collected; 13 does not, but needs Node 22.
    if (Number(process.versions.node.split(".")[0]) >= 22)
      await run(
        npm,
        ["install", "--no-save", "--include=dev", "better-sqlite3@13.2.0", ...quiet],
        options,
      );
    if (!nativePackageLoads()) await run(npm, ["rebuild", "better-sqlite3", ...quiet], options);
  } catch (error) {
    console.error(
      `The packages could not be installed (${error.message}) See the lines above; most often the network to npm is missing, or a C++ compiler for better-sqlite3. Then run the command again.`,
    );
    process.exit(1);
  }
  writeFileSync(marker, wanted);
}
