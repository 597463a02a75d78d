import { Command, InvalidArgumentError } from "commander";
import type { Kind } from "./calls";
import { latencyTable } from "./figures";
import { type LoadReport, runLoad } from "./run-load";

interface Flags {
  readonly labelers: number;
  readonly minutes: number;
  readonly completions: number;
  readonly rankings: number;
  readonly think: readonly [number, number];
  readonly dying: number;
  readonly kills: number;
  readonly seed: number;
  readonly keep?: string;
  readonly json?: boolean;
}

const number =
  (what: string, holds: (value: number) => boolean) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isFinite(value) || !holds(value)) throw new InvalidArgumentError(`Give ${what}.`);
    return value;
  };
const whole = number("a whole number of at least 1", (n) => Number.isInteger(n) && n >= 1);
const wholeOrNone = number("a whole number of at least 0", (n) => Number.isInteger(n) && n >= 0);
const share = number("a number from 0 to 1", (n) => n >= 0 && n <= 1);
const positive = number("a number above 0", (n) => n > 0);

function range(text: string): [number, number] {
  const [least, most] = text.split("-").map(Number);
  if (least > 0 && most >= least) return [least, most];
  throw new InvalidArgumentError('Give two numbers of seconds, e.g. "2-6".');
}

/** `npm run bench -- labelers`: how the site bears many labelers at once. */
export const labelersCommand = new Command("labelers")
  .description(
    "Simulated labelers against the production build: how soon next, draft and submit answer, and whether any ranking is lost, doubled or beyond a task's overlap.",
  )
  .option("--labelers <n>", "people who rank at once", whole, 200)
  .option("--minutes <n>", "how long", positive, 3)
  .option("--completions <n>", "completions in the database before", whole, 60_000)
  .option("--rankings <n>", "rankings in the database before", wholeOrNone, 0)
  .option("--think <range>", 'seconds of thought on a task, e.g. "2-6"', range, [2, 6])
  .option("--dying <share>", "share of tasks in whose midst the browser dies", share, 0.05)
  .option("--kills <n>", "how often the server is killed", wholeOrNone, 1)
  .option("--seed <n>", "of everything drawn at random", wholeOrNone, 1)
  .option("--keep <folder>", "keep the filled database there, and start from it the next time")
  .option("--json", "print the figures as one JSON object, the last line of stdout")
  .action(async ({ json, ...flags }: Flags) => {
    const onNews = (news: string) => process.stderr.write(`${news}\n`);
    const report = await runLoad({ ...flags, onNews });
    for (const line of lines(flags, report)) process.stdout.write(`${line}\n`);
    if (json)
      process.stdout.write(`${JSON.stringify({ name: "labelers", ...flags, ...report })}\n`);
    const { lost, doubled, overCollected } = report.audit;
    if (lost + doubled + overCollected + report.lostDrafts > 0) process.exitCode = 1;
  });

function lines(flags: Flags, report: LoadReport): string[] {
  const { audit, server, ownLag } = report;
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  const cores = server.cpuSeconds / report.seconds;
  return [
    `${flags.labelers} labelers for ${report.seconds.toFixed(0)} s, ${flags.completions} completions and ${flags.rankings} rankings before (${megabytes(report.databaseBytes)}), Node ${process.versions.node}`,
    "",
    ...latencyTable(kinds.map((kind) => [kind, report.warm[kind]])),
    "",
    `the same with the ${report.warmUpSeconds} s after each start of the server:`,
    ...latencyTable(kinds.map((kind) => [kind, report.all[kind]])).slice(1),
    "",
    `${report.acknowledged} rankings acknowledged (${report.late} late): ${audit.lost} lost, ${audit.doubled} doubled, ${audit.overCollected} tasks over-collected`,
    `${report.deaths} browsers died mid-task: ${report.lostDrafts} drafts lost`,
    `killed ${report.restarts.length} times, back after ${report.restarts.map((ms) => `${ms.toFixed(0)} ms`).join(", ") || "–"}; ${report.unanswered} calls found no server and were sent again, ${report.refused.length} were refused`,
    ...new Set(report.refused),
    `server: RSS ${megabytes(server.rss)}, at most ${megabytes(server.peakRss)}, ${cores.toFixed(2)} cores; own timers late by ${ownLag.p50.toFixed(1)} ms (p50), ${ownLag.p99.toFixed(1)} ms (p99)`,
    ...(server.said ? ["the server said:", server.said.slice(0, 2000)] : []),
  ];
}

const kinds: readonly Kind[] = ["next", "draft", "submit", "renew", "progress", "page"];

/** `npm run bench -- desk`: how soon a labeler reads. */
export const deskCommand = new Command("desk")
  .description(
    "A labeler's browser against the production build: when the largest thing of a page is painted, and how soon after a ranking is sent the next task is there.",
  )
  .option("--json", "print the figures as one JSON object, the last line of stdout")
  .action(async ({ json }: { json?: boolean }) => {
    const { measureDesk } = await import("./desk"); // a browser, which nothing else here needs
    const rows = await measureDesk();
    for (const line of latencyTable(rows)) process.stdout.write(`${line}\n`);
    if (json)
      process.stdout.write(`${JSON.stringify({ name: "desk", rows: Object.fromEntries(rows) })}\n`);
  });
