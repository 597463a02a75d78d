/** `npm start`: install, build, migrate, then run the site and the worker until Ctrl-C. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, requireNode, root } from "./install.mjs";

const port = Number(process.env.PORT || 3000);
const data = path.resolve(root, process.env.REVEALED_DATA || "data");
const address = `http://localhost:${port}`;
const env = {
  ...process.env,
  PORT: String(port),
  REVEALED_DATA: data,
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
  AUTH_TRUST_HOST: "true",
  REVEALED_THREADS: "sleep", // what the worker's threads do between operations: the site wants the cores too
};

function fail(message) {
  console.error(message);
  process.exit(2);
}

/** Resolves when nobody listens on the port; a port in use is said before the long work, not after. */
function portIsFree() {
  return new Promise((resolve) => {
    const probe = createServer()
      .once("error", () => resolve(false))
      .once("listening", () => probe.close(() => resolve(true)));
    probe.listen(port);
  });
}

function prepare() {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", "server/setup/prepare.ts"], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.on("data", (chunk) => (printed += chunk));
    child.on("exit", (code) =>
      code === 0
        ? resolve(JSON.parse(printed))
        : reject(new Error("The database could not be prepared; see above.")),
    );
  });
}

const children = new Map();
let stopping = false;

/** Starts a process and starts it again when it dies: whatever it had acknowledged is in the database. */
function keepRunning(name, args, failures = 0) {
  const startedAt = Date.now();
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: "inherit" });
  children.set(name, child);
  child.on("exit", (code, signal) => {
    children.delete(name);
    if (stopping) return children.size === 0 && process.exit(0);
    const again = Date.now() - startedAt > 60_000 ? 1 : failures + 1;
    if (again > 5) {
      console.error(
        `The ${name} keeps stopping (${signal ?? `code ${code}`}); giving up. See the lines above.`,
      );
      return stop();
    }
    console.error(`The ${name} stopped (${signal ?? `code ${code}`}); starting it again.`);
    setTimeout(() => !stopping && keepRunning(name, args, again), 500 * again);
  });
}

function stop() {
  if (stopping) return;
  stopping = true;
  if (children.size === 0) process.exit(0);
  console.log("\nStopping: the worker finishes its step and saves a checkpoint …");
  for (const child of children.values()) child.kill("SIGTERM");
  setTimeout(() => {
    for (const child of children.values()) child.kill("SIGKILL");
  }, 30_000).unref();
}

async function answers() {
  for (;;) {
    try {
      await fetch(`${address}/sign-in`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }
}

requireNode();
if (!Number.isInteger(port) || port < 1 || port > 65_535)
  fail(
    `PORT is "${process.env.PORT}"; give a number from 1 to 65535, for example PORT=3001 npm start.`,
  );
process.on("SIGINT", stop);
process.on("SIGTERM", stop);

await ensureInstalled();
if (!(await portIsFree()))
  fail(
    `Port ${port} is in use. Stop what listens there, or choose another: PORT=${port + 1} npm start.`,
  );
await ensureBuilt();
mkdirSync(data, { recursive: true });
console.log(`Preparing the database in ${path.relative(process.cwd(), data) || "."} …`);
const prepared = await prepare().catch((error) => fail(error.message));
if (!stopping) {
  keepRunning("site", ["--import", "tsx", "server/site.ts"]);
  keepRunning("worker", ["--import", "tsx", "server/jobs/worker.ts"]);
  await answers();
  console.log(`\nRevealed runs at ${address}`);
  console.log(`Sign in as admin, once, with  ${address}${prepared.signInPath}`);
  if (prepared.demo)
    console.log(
      "The demo is being made: a small sorter trains for a minute; watch it on the first page.",
    );
  console.log("Stop with Ctrl-C.\n");
}
