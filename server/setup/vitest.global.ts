import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** All that tests write goes below one folder, which is removed when they have ended, however they did. */
export default function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), "revealed-tests-"));
  process.env.TMPDIR = folder; // what os.tmpdir() says in the tests' processes
  return () => rmSync(folder, { recursive: true, force: true });
}
