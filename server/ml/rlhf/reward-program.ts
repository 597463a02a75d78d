import path from "node:path";
import { pathToFileURL } from "node:url";
import { AppError } from "../../domain/app-error";
import type { RewardProgram } from "./reward-source";

/**
 * The default export of a module as a reward. @param name of the file for messages
 * @throws AppError bad-input for what cannot be loaded or is no function
 */
export async function loadRewardProgram(file: string, name = file): Promise<RewardProgram> {
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(path.resolve(file)).href)) as { default?: unknown };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new AppError("bad-input", `${name} cannot be loaded (${why}); correct it.`, { cause });
  }
  const program = loaded.default;
  if (typeof program !== "function")
    throw new AppError(
      "bad-input",
      `${name} has no default export that is a function; write: export default (prompt, completion) => 1`,
    );
  return program as RewardProgram;
}
