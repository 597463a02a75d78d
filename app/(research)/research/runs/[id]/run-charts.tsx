"use client";

import { type ReactNode, useMemo } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Chart } from "@/app/ui/chart";
import { ChartGroup } from "@/app/ui/chart-cursor";
import type { ChartLevel, ChartPanel, ChartPoint } from "@/app/ui/chart-data";
import { cx } from "@/app/ui/class-names";
import { Section } from "@/app/ui/page-header";
import { isRewarded } from "@/server/domain/run-kinds";
import { extentOf, linesOf, type MetricRow } from "../metric-lines";
import { metricLabel, unitOf } from "../metric-words";
import { SmoothingSlider, useSmoothing } from "../smoothing";
import { formatOf, planCharts, type PlannedPanel } from "./chart-plan";
import { verdictOf } from "./verdict";

type Run = Outputs["runs"]["get"];

interface RunChartsProps {
  run: Run;
  rows: readonly MetricRow[];
  live: boolean;
  /** What stands between the large charts and the small ones. */
  children: ReactNode;
}

/** The charts that answer the questions of a run, large; everything else it measured, small. */
export function RunCharts({ run, rows, live, children }: RunChartsProps) {
  const t = useT();
  const [smoothing, setSmoothing] = useSmoothing();
  const { kind } = run;
  const startExact = run.model?.exact ?? null;
  const lines = useMemo(
    () => linesOf(rows, kind === "reward" ? null : startExact),
    [rows, kind, startExact],
  );
  const xDomain = useMemo(() => extentOf(lines), [lines]);
  const { large, small } = useMemo(
    () => planCharts(kind, new Set(lines.keys()), live),
    [kind, lines, live],
  );
  const xLabel = t(isRewarded(kind) ? "runs.axis.iteration" : "runs.axis.update");
  const label = (metric: string) => metricLabel(metric, t);
  const agreement = run.snapshotCounts?.agreement ?? null;

  const panelOf = (panel: PlannedPanel): ChartPanel => {
    const ceiling: ChartLevel[] =
      agreement && panel.lines.some((line) => line.metric === "eval/accuracy")
        ? [{ y: agreement.share, label: t("runs.level.agreement") }]
        : [];
    const [first] = panel.lines;
    return {
      label: label(first.metric),
      unit: unitOf(first.metric, t),
      format: panel.format,
      domain: panel.domain,
      series: panel.lines.map((line) => ({
        key: line.metric,
        label: label(line.metric),
        color: line.color,
        points: withInterval(lines, line.metric, line.interval),
      })),
      levels: [
        ...ceiling,
        ...(panel.levels ?? []).flatMap((metric) => {
          const last = lines.get(metric)?.at(-1);
          return last ? [{ y: last.y, label: label(metric) }] : [];
        }),
      ],
    };
  };

  if (!live && lines.size === 0)
    return (
      <>
        <p className="text-muted">{t("runs.noMeasurements")}</p>
        {children}
      </>
    );
  return (
    <ChartGroup>
      <Section
        title={t("runs.charts")}
        action={<SmoothingSlider value={smoothing} onChange={setSmoothing} />}
      >
        {isRewarded(kind) ? <VerdictText lines={lines} /> : null}
        <div className="grid gap-x-10 gap-y-8 xl:grid-cols-2">
          {large.map((chart) => (
            <Chart
              key={chart.question}
              title={t(`runs.chart.${chart.question}`)}
              note={t(`runs.chart.${chart.question}.note`)}
              xLabel={xLabel}
              xDomain={xDomain}
              panels={chart.panels.map(panelOf)}
              panelHeight={chart.panels.length > 1 ? 170 : 250}
              smoothing={smoothing}
            />
          ))}
        </div>
      </Section>
      {children}
      {small.length === 0 ? null : (
        <Section title={t("runs.more")} state={t("runs.moreState")}>
          <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2 xl:grid-cols-3">
            {small.map((metric) => (
              <Chart
                key={metric}
                size="small"
                title={label(metric)}
                xLabel={xLabel}
                xDomain={xDomain}
                panels={[
                  panelOf({ lines: [{ metric, color: "var(--ink)" }], format: formatOf(metric) }),
                ]}
                smoothing={smoothing}
              />
            ))}
          </div>
        </Section>
      )}
    </ChartGroup>
  );
}

/** What reward and truth say together, so that nobody has to compare two curves by eye. */
function VerdictText({ lines }: { lines: ReadonlyMap<string, ChartPoint[]> }) {
  const t = useT();
  const locale = useLocale();
  const verdict = verdictOf(lines.get("objective/scores") ?? [], lines.get("truth/exact") ?? []);
  const signed = (value: number, options: Intl.NumberFormatOptions) =>
    value.toLocaleString(locale, { signDisplay: "exceptZero", ...options });
  const reward = "reward" in verdict ? signed(verdict.reward, { maximumFractionDigits: 2 }) : "";
  const truth = "truth" in verdict ? signed(verdict.truth * 100, { maximumFractionDigits: 1 }) : "";
  return (
    <p className={cx("mb-6 max-w-[75ch]", verdict.kind === "gaming" && "text-danger")}>
      {t(`runs.verdict.${verdict.kind}`, { reward, truth })}
    </p>
  );
}

function withInterval(
  lines: ReadonlyMap<string, ChartPoint[]>,
  metric: string,
  interval: readonly [string, string] | undefined,
): ChartPoint[] {
  const points = lines.get(metric) ?? [];
  if (!interval) return points;
  const at = (name: string) => new Map(lines.get(name)?.map(({ x, y }) => [x, y]));
  const low = at(interval[0]);
  const high = at(interval[1]);
  return points.map(({ x, y }) => ({ x, y, low: low.get(x), high: high.get(x) }));
}
