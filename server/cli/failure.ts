import { CommanderError } from "commander";
import { AppError, type ErrorCode } from "../domain/app-error";
import { isNodeError } from "./files";

export const EXIT = { done: 0, ours: 1, input: 2, interrupted: 130 } as const;

const CODES: Record<ErrorCode, number> = {
  "bad-input": EXIT.input,
  "not-found": EXIT.input,
  forbidden: EXIT.input,
  unauthenticated: EXIT.input,
  conflict: EXIT.input,
  unavailable: EXIT.input,
  "too-many": EXIT.input,
  cancelled: EXIT.interrupted,
  internal: EXIT.ours,
};

/** What the system says no to, and what a person can do about it. */
const SYSTEM: Record<string, string> = {
  ENOENT: "does not exist; check the path",
  EACCES: "may not be read or written by you; change its permissions or give another path",
  EPERM: "may not be changed by you; change its permissions or give another path",
  EROFS: "is on a file system that cannot be written; give another path",
  ENOSPC: "does not fit: the disk is full; free some space, then run the command again",
  EDQUOT: "does not fit: your disk quota is used up; free some space, then run the command again",
  EISDIR: "is a folder; give the path of a file",
  ENOTDIR: "is below a file, not a folder; give another path",
  EEXIST: "exists already; give another path",
  EMFILE: "cannot be opened: too many open files; close some programs",
};

/** The exit code of a failure and the one sentence that explains it (null: already said). */
export function explain(error: unknown): { code: number; sentence: string | null } {
  if (error instanceof CommanderError) {
    return { code: error.exitCode === 0 ? EXIT.done : EXIT.input, sentence: null };
  }
  if (error instanceof AppError) {
    return { code: CODES[error.code], sentence: sentenceOf(error.message) };
  }
  if (isNodeError(error) && error.code !== undefined && error.code in SYSTEM) {
    const what = error.path ?? "a file";
    return { code: EXIT.input, sentence: `${what} ${SYSTEM[error.code]}.` };
  }
  const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
  return {
    code: EXIT.ours,
    sentence: `this is a fault of revealed, not yours: ${why} (REVEALED_DEBUG=1 shows where).`,
  };
}

/** A message in one line that ends as a sentence does. */
function sentenceOf(message: string): string {
  const line = message.trim().replaceAll(/\s*\n\s*/g, " ");
  const isCommand = line.includes("go on with: "); // to be pasted as it is
  return isCommand || /[.?!)]$/.test(line) ? line : `${line}.`;
}
