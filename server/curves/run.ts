/** `npm run curves -- sort|arguments`: learning curves, measured and drawn; what was measured is kept. */
import { Command, CommanderError } from "commander";
import { AppError } from "../domain/app-error";
import { measureSort } from "./sort";

const note = (text: string): void => void process.stderr.write(`${text}\n`);

const command = new Command("curves")
  .description(
    "Measures learning curves and draws them; a seed that was measured is not done again.",
  )
  .exitOverride();

command
  .command("sort")
  .description("the sorting example by every method, five seeds")
  .action(async () => {
    await measureSort(note);
  });

try {
  await command.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const ours = !(error instanceof AppError) || error.code === "internal";
    note(`curves: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = ours ? 1 : 2;
  }
}
