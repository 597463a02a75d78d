/** `npm run -s bench -- NAME…`: how fast the engine is on this machine, alone or beside PyTorch. */
import { availableParallelism, loadavg } from "node:os";
import { Argument, Command, CommanderError, InvalidArgumentError } from "commander";
import { deskCommand, labelersCommand } from "../../e2e/load/command";
import { AppError } from "../domain/app-error";
import { runBenchmark } from "./benchmark";
import { table } from "./report";
import type { Work } from "./work";
import { type BenchmarkName, benchmarks } from "./works";

interface Flags {
  readonly peer?: string;
  readonly json?: boolean;
  readonly runs?: number;
  readonly threads: number;
  readonly only?: string;
}

const IDLE = 0.5; // processes that want a core

/** Threads that wait for each other by spinning, as PyTorch's do, lose far more to a neighbour than ours. */
function busyNote(load: number): string {
  return `others were using this machine (load ${load.toFixed(1)}): neither times nor ratios mean much`;
}

const names = Object.keys(benchmarks) as BenchmarkName[];

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError("Give a whole number of at least 1.");
  return value;
}

const command = new Command("bench")
  .description("Measures the engine, and with --peer the same work under PyTorch in turn.")
  .addArgument(new Argument("<names...>", "what to measure").choices([...names, "all"]))
  .option("--peer <python>", "a Python that has torch and transformers (and ctranslate2)")
  .option("--json", "print the figures as one JSON object, the last line of stdout")
  .option("--runs <n>", "counted runs beside each peer (otherwise each work's own)", wholeNumber)
  .option("--threads <n>", "threads of every side", wholeNumber, availableParallelism())
  .option("--only <text>", 'works whose name contains this, e.g. "b64"')
  .addCommand(labelersCommand)
  .addCommand(deskCommand)
  .enablePositionalOptions() // each its own --json
  .exitOverride()
  .action(async (asked: (BenchmarkName | "all")[], flags: Flags) => {
    const chosen = asked.includes("all") ? names : [...new Set(asked as BenchmarkName[])];
    const { only = "" } = flags;
    const works = chosen
      .flatMap((name): readonly Work[] => benchmarks[name])
      .filter((work) => work.name.includes(only));
    if (works.length === 0)
      throw new AppError("bad-input", `no work of ${chosen.join(", ")} has "${only}" in its name`);
    const [load] = loadavg(); // of the minute before ours
    const onRow = ({ work }: { work: string }) => process.stderr.write(`measured ${work}\n`);
    const { rows, notes, wrong } = await runBenchmark(works, { ...flags, onRow });
    const versions = new Set(
      rows.flatMap(({ peers }) => peers.flatMap(({ about }) => about ?? [])),
    );
    const head = [
      `${flags.threads} threads, fp32, Node ${process.versions.node}`,
      ...[...versions].toSorted().map((about) => `peer: ${about}`),
      ...(load > IDLE ? [busyNote(load)] : []),
      ...notes,
    ];
    for (const line of [...head, "", ...table(rows)]) process.stdout.write(`${line}\n`);
    const { threads } = flags;
    const name = asked.join(" ");
    if (flags.json)
      process.stdout.write(`${JSON.stringify({ name, rows, threads, load, notes })}\n`);
    if (wrong) process.exitCode = 1;
  });

// npm runs scripts in the package's folder: paths are meant from where the person stands
const { INIT_CWD, npm_lifecycle_event } = process.env;
if (INIT_CWD && npm_lifecycle_event === "bench") process.chdir(INIT_CWD);

try {
  await command.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const ours = !(error instanceof AppError) || error.code === "internal";
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = ours ? 1 : 2;
  }
}
