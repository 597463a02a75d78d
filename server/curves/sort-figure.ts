import type { CsvRow } from "./csv";
import type { Axis, Figure, Line, Panel } from "./figure";
import { groupBy, mean } from "./statistics";

const methods = [
  { method: "ppo", name: "PPO", color: "#0b62a4" },
  { method: "rloo", name: "RLOO", color: "#00795a" },
  { method: "grpo", name: "GRPO", color: "#96600a" },
  { method: "dpo", name: "DPO", color: "#8a3a8f" },
] as const;
const bestOfN = { method: "best-of-n", name: "best of n", color: "#444" } as const;

const percent = (share: number) => `${Math.round(100 * share)} %`;
const nats = (kl: number) => `${kl.toFixed(1)} nats`;

/** Truth and KL of every method by rankings, all seeds; below them truth by KL, best-of-n beside. */
export function sortFigure(rows: readonly CsvRow[], command: string): Figure {
  const highest = Math.max(...numbers(rows, "kl").filter((_, i) => rows[i].method !== "best-of-n"));
  const most = Math.max(...numbers(rows, "rankings"));
  const x: Axis = { label: "rankings asked for", domain: [0, most] };
  const exact: Axis = { label: "greedy answers exactly right", domain: [0, 1], percent: true };
  const kl: Axis = {
    label: "KL from the SFT model, nats an answer",
    domain: [0, Math.ceil(highest)],
  };
  const present = methods.filter(({ method }) => rows.some((row) => row.method === method));
  const row = (y: Axis, column: "exact" | "kl", told: (value: number) => string) =>
    present.map(({ method, name, color }): Panel => ({
      title: `${name}: ${column === "exact" ? "truth" : "distance"}`,
      x,
      y,
      lines: seedLines(rows, { method, color, column, told }),
    }));
  const seeds = new Set(rows.map(({ seed }) => seed)).size;
  return {
    title: "The sorting example: what rankings alone do to the truth",
    rows: [row(exact, "exact", percent), row(kl, "kl", nats), [atSameKl(rows, Math.ceil(highest))]],
    note: `Thick: mean of ${seeds} seeds; faint: each. Truth is measured by a program on 500 held-out lists and given to nobody; every line begins at the SFT model. Samples at temperature 0.6. Made by ${command}.`,
  };
}

/** One faint line a seed, and their mean. */
function seedLines(
  rows: readonly CsvRow[],
  {
    method,
    color,
    column,
    told,
  }: {
    method: string;
    color: string;
    column: string;
    told: (value: number) => string;
  },
): Line[] {
  const own = rows.filter((row) => row.method === method);
  const bySeed = groupBy(own, ({ seed }) => seed);
  const points = meanBy(own, "round", "rankings", column);
  return [
    ...[...bySeed.values()].map((seed) => ({
      color,
      faint: true,
      points: seed.map((row) => ({ x: Number(row.rankings), y: Number(row[column]) })),
    })),
    { color, label: told(points.at(-1)!.y), points },
  ];
}

function atSameKl(rows: readonly CsvRow[], furthest: number): Panel {
  const lines = [...methods, bestOfN].flatMap(({ method, name, color }): Line[] => {
    const own = rows.filter((row) => row.method === method);
    if (own.length === 0) return [];
    const isBest = method === "best-of-n";
    const points = meanBy(own, isBest ? "n" : "round", "kl", "sampled").map(({ key, x, y }) => ({
      x,
      y,
      label: isBest && key > 1 ? `n = ${key}` : undefined,
    }));
    return [
      { label: name, color, dashed: isBest, points: points.filter(({ x }) => x <= furthest) },
    ];
  });
  return {
    title: "What a nat buys: right samples by distance from the SFT model, means over seeds",
    x: {
      label: "KL from the SFT model, nats an answer (best of n: log n − (n − 1)/n)",
      domain: [0, furthest],
    },
    y: { label: "samples exactly right", domain: [0, 0.8], percent: true },
    lines,
    height: 380,
  };
}

/** Means over seeds of two columns, one point a value of `key`. */
function meanBy(rows: readonly CsvRow[], key: string, x: string, y: string) {
  return [...groupBy(rows, (row) => Number(row[key]))].map(([value, group]) => ({
    key: value,
    x: mean(numbers(group, x)),
    y: mean(numbers(group, y)),
  }));
}

const numbers = (rows: readonly CsvRow[], column: string): number[] =>
  rows.map((row) => Number(row[column] ?? 0));
