import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A process that does its work when told and is idle between, so that its memory and threads are its own. */
export interface Side {
  /** Versions and settings of a peer, for the table's head. */
  readonly about: string | null;
  run(): Promise<{ readonly ms: number; readonly check?: number }>;
  /** @returns peakRss the most memory that the process ever held, in bytes */
  close(): Promise<{ readonly peakRss: number }>;
}

/** Why a side could not do its work, in its own last words. */
export class SideFailure extends Error {}

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Starts a side. It says {about} when it is ready, answers each line "run" by {ms, check?}, and says {peakRss}
 * when its input ends.
 * @throws SideFailure when it ends before it is ready
 */
export async function openSide(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Side> {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env } });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-10_000)));
  child.stdin.on("error", () => {}); // it ended: the next answer says why
  child.on("error", ({ message }) => (said += message));
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => resolve());
    child.on("error", () => resolve());
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async <T>(): Promise<T> => {
    const { value, done } = await lines.next();
    if (!done) return JSON.parse(value) as T;
    await ended;
    throw new SideFailure(said.trim().split("\n").at(-1) || "it ended without a word");
  };
  const { about } = await answer<{ about: string | null }>();
  return {
    about,
    run() {
      child.stdin.write("run\n");
      return answer();
    },
    async close() {
      child.stdin.end();
      const last = await answer<{ peakRss: number }>();
      await ended;
      return last;
    },
  };
}
