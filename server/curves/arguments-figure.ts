import type { CsvRow } from "./csv";
import type { Axis, Figure, Line, Panel } from "./figure";
import { groupBy, mean } from "./statistics";

const color = "#0b62a4";
/** TRL 1.12's pairwise RewardTrainer at the best of its learning rates: mean of folds 0, 1 and 2. */
const TRL = 0.724;

/** Accuracy by how many rankings were learnt from: of all pairs, and of those whose lengths tell nothing. */
export function argumentsFigure(rows: readonly CsvRow[], command: string): Figure {
  const sizes = [...groupBy(rows, ({ size }) => size)].map(([size, group]) => ({
    at: mean(numbers(group, "rankings")),
    label: size === "all" ? `all (${Math.round(mean(numbers(group, "rankings")))})` : String(size),
  }));
  const ticks = sizes.toSorted((a, b) => a.at - b.at);
  const x: Axis = {
    label: "rankings learnt from (logarithmic)",
    domain: [ticks[0].at * 0.9, ticks.at(-1)!.at * 1.1],
    log: true,
    ticks,
  };
  const panel = (title: string, column: string, levels: Panel["levels"]): Panel => ({
    title,
    x,
    y: { label: "held-out pairs ordered as people did", domain: [0.45, 0.8], percent: true },
    lines: linesOf(rows, column),
    levels,
  });
  const seeds = new Set(rows.map(({ seed }) => seed)).size;
  return {
    title:
      "Which argument convinces: a reward model of 0.4 million weights on debates that it never read",
    rows: [
      [
        panel("All pairs", "accuracy", [
          { y: longerWins(rows), label: "the longer wins" },
          { y: TRL, label: "TRL's RewardTrainer, all rankings", below: true },
        ]),
        panel("Pairs whose lengths differ by less than 10 %", "alike_accuracy", [
          { y: 0.5, label: "chance" },
        ]),
      ],
    ],
    note: `Mean of folds 0, 1 and 2 by debate; thick: mean of ${seeds} seeds, faint: each. The preset was chosen on folds 3 and 4. Made by ${command}.`,
  };
}

/** Mean over folds of "longer wins", which is the same for every seed and size. */
export const longerWins = (rows: readonly CsvRow[]): number =>
  mean([...groupBy(rows, ({ fold }) => fold).values()].map(([row]) => Number(row.longer_wins)));

function linesOf(rows: readonly CsvRow[], column: string): Line[] {
  const curve = (of: readonly CsvRow[]) =>
    [...groupBy(of, ({ size }) => size).values()]
      .map((group) => ({
        x: mean(numbers(group, "rankings")),
        y: mean(numbers(group, column)), // folds weigh the same
      }))
      .toSorted((a, b) => a.x - b.x);
  const points = curve(rows);
  return [
    ...[...groupBy(rows, ({ seed }) => seed).values()].map((own) => ({
      color,
      faint: true,
      points: curve(own),
    })),
    { color, label: `${(100 * points.at(-1)!.y).toFixed(1)} %`, points },
  ];
}

const numbers = (rows: readonly CsvRow[], column: string): number[] =>
  rows.map((row) => Number(row[column]));
