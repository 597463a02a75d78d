/** `npm run curves -- sort|arguments`: learning curves, measured and drawn; what was measured is kept. */
import path from "node:path";
import { Command, CommanderError } from "commander";
import { AppError } from "../domain/app-error";
import { smallRewardPreset } from "../ml/rlhf/reward-config";
import { argumentsTable, measureArguments, openArguments } from "./arguments";
import { argumentsFigure } from "./arguments-figure";
import { choiceTable, finalists, measureCandidates } from "./choose";
import { writePicture } from "./picture";
import { results } from "./results";
import { measureSort, sortTable } from "./sort";
import { sortFigure } from "./sort-figure";

interface ArgumentFlags {
  readonly data: string;
  readonly model: string;
  readonly choose?: boolean;
}

const note = (text: string): void => void process.stderr.write(`${text}\n`);

const command = new Command("curves")
  .description("Measures learning curves and draws them; what was measured is not done again.")
  .exitOverride();

command
  .command("sort")
  .description("the sorting example by every method, five seeds")
  .action(async () => {
    await measureSort(note);
    await drawSort();
  });

command
  .command("arguments")
  .description("reward models on arguments of debates, five seeds, three test folds")
  .requiredOption("--data <file>", "K-wise rankings whose topic begins with the debate")
  .requiredOption("--model <dir>", "language model that reward models start from")
  .option("--choose", "only measure what may become the preset, without the test folds")
  .action(async ({ data, model, choose }: ArgumentFlags) => {
    const all = await openArguments(data, model);
    if (choose) {
      await measureCandidates(all, note);
      for (const { candidate, accuracy } of finalists(await choiceTable.rows()))
        note(`${accuracy.toFixed(4)} ${candidate}`);
      return;
    }
    await measureArguments(all, smallRewardPreset, note);
    await drawArguments();
  });

command
  .command("draw")
  .description("draw what was measured so far")
  .action(async () => {
    await drawSort();
    await drawArguments();
  });

async function drawSort(): Promise<void> {
  const figure = sortFigure(await sortTable.rows(), "npm run curves -- sort");
  await writePicture(path.join(results, "sort.png"), figure);
}

async function drawArguments(): Promise<void> {
  const figure = argumentsFigure(await argumentsTable.rows(), "npm run curves -- arguments");
  await writePicture(path.join(results, "arguments.png"), figure, { width: 1080, height: 300 });
}

// npm runs scripts in the package's folder: paths are meant from where the person stands
const { INIT_CWD, npm_lifecycle_event } = process.env;
if (INIT_CWD && npm_lifecycle_event === "curves") process.chdir(INIT_CWD);

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
