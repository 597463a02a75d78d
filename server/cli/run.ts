import { explain } from "./failure";
import { createProgram } from "./program";

/**
 * Runs one command line (without node and the script's name).
 * @returns exit code: 0 done, 1 our fault, 2 wrong arguments or bad input, 130 interrupted
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    await createProgram(args).parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    const { code, sentence } = explain(error);
    if (sentence !== null) process.stderr.write(`revealed: ${sentence}\n`);
    if (code === 1 && process.env.REVEALED_DEBUG && error instanceof Error) {
      process.stderr.write(`${error.stack}\n`);
    }
    return code;
  }
}
