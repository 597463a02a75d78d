import type { Outputs } from "@/app/lib/trpc";
import type { ChartSeries } from "@/app/ui/chart-data";
import { optionsFor, type TrainingOptions } from "@/server/domain/training-options";
import { planCharts } from "../[id]/chart-plan";
import { linesOf } from "../metric-lines";

export type Compared = Outputs["runs"]["compare"][number];

/** One hue a run; the letter beside each line says the same without colour. */
const hues = [
  "var(--reward)",
  "var(--policy)",
  "var(--demonstration)",
  "var(--proof)",
  "var(--ranking)",
  "var(--ink)",
] as const;

/** A, B, C …: the name of a compared run in charts and tables. */
export const letterOf = (index: number): string => String.fromCodePoint(65 + index);

interface ComparedMetric {
  readonly metric: string;
  /** A line for each run that measured it. */
  readonly series: readonly ChartSeries[];
  /** The last value of each run; null = never measured. */
  readonly last: readonly (number | null)[];
}

/** Every measurement of any of the runs, those that answer the first run's questions at the front. */
export function metricsOf(compared: readonly Compared[]): {
  readonly large: readonly ComparedMetric[];
  readonly small: readonly ComparedMetric[];
} {
  const lines = compared.map(({ run, rows }) =>
    linesOf(rows, run.kind === "reward" ? null : (run.model?.exact ?? null)),
  );
  const measured = new Set(lines.flatMap((of) => [...of.keys()]));
  const plan = planCharts(compared[0].run.kind, measured, false);
  const panels = plan.large.flatMap((chart) => chart.panels);
  const compare = (metric: string): ComparedMetric => ({
    metric,
    series: lines.flatMap((of, i) => {
      const points = of.get(metric);
      return points ? [{ key: letterOf(i), label: letterOf(i), color: hues[i], points }] : [];
    }),
    last: lines.map((of) => of.get(metric)?.at(-1)?.y ?? null),
  });
  const known = (metrics: readonly string[]) =>
    metrics.filter((metric) => measured.has(metric)).map(compare);
  return {
    large: known(panels.flatMap((panel) => panel.lines.map((line) => line.metric))),
    small: known([...panels.flatMap((panel) => panel.levels ?? []), ...plan.small]),
  };
}

interface ComparedOption {
  readonly name: string;
  /** As each run has it; null = a run of this kind has no such option. */
  readonly values: readonly (string | null)[];
}

/** The options in which the runs differ, with the value that each had or will take. */
export function differingOptions(
  compared: readonly Compared[],
  options: TrainingOptions | null,
): ComparedOption[] {
  const configs = compared.map(({ run }) => {
    // A run that waits holds only what it was told.
    const own = options && run.model ? optionsFor(options, run.kind, run.model.parameters) : [];
    return new Map<string, unknown>([
      ...own.map((option): [string, unknown] => [option.name, option.default]),
      ...Object.entries(run.config),
      ["seed", run.seed],
      ...(run.reward ? [["reward", sourcesText(run)] satisfies [string, unknown]] : []),
      ...(run.ptx ? [["ptx", run.ptx.kind] satisfies [string, unknown]] : []),
    ]);
  });
  const names = new Set(configs.flatMap((config) => [...config.keys()]));
  return [...names].flatMap((name) => {
    const values = configs.map((config) => (config.has(name) ? text(config.get(name)) : null));
    return new Set(values).size > 1 ? [{ name, values }] : [];
  });
}

/** What rewards a run, in one line. */
function sourcesText({ reward, rewardModels }: Compared["run"]): string {
  const nameOf = (id: string) => rewardModels.find((one) => one.id === id)?.name ?? id;
  return (reward?.parts ?? [])
    .map((part) => {
      const rule = part.kind === "models" && part.combine !== "mean" ? ` (${part.combine})` : "";
      const what =
        part.kind === "models"
          ? part.modelIds.map(nameOf).join(", ") + rule
          : part.kind === "program"
            ? part.file
            : part.url;
      return part.weight === 1 ? what : `${part.weight} × ${what}`;
    })
    .join(" + ");
}

const text = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value ?? null);
