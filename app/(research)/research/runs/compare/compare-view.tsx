"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Chart } from "@/app/ui/chart";
import { ChartGroup } from "@/app/ui/chart-cursor";
import { Section } from "@/app/ui/page-header";
import { isRewarded } from "@/server/domain/run-kinds";
import type { TrainingOptions } from "@/server/domain/training-options";
import { formatOf } from "../[id]/chart-plan";
import { metricLabel, unitOf } from "../metric-words";
import { isLive } from "../run-words";
import { SmoothingSlider, useSmoothing } from "../smoothing";
import { ComparedMetrics, ComparedOptions, ComparedRuns } from "./compared-tables";
import { type Compared, metricsOf } from "./comparison";

interface CompareViewProps {
  initial: Compared[];
  options: TrainingOptions | null;
}

/** Runs over one another: what differs in what they were told, and in what they measured. */
export function CompareView({ initial, options }: CompareViewProps) {
  const t = useT();
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.runs.compare.queryOptions({ ids: initial.map(({ run }) => run.id) }),
    initialData: initial,
    refetchInterval: ({ state }) =>
      state.data?.some(({ run }) => isLive(run)) === true ? 3000 : false,
  });
  const compared = query.data;
  const metrics = useMemo(() => metricsOf(compared), [compared]);
  const kinds = new Set(compared.map(({ run }) => isRewarded(run.kind)));
  const [smoothing, setSmoothing] = useSmoothing();
  const xLabel = t(
    kinds.size > 1
      ? "compare.axis.step"
      : kinds.has(true)
        ? "runs.axis.iteration"
        : "runs.axis.update",
  );
  const chart = ({ metric, series }: (typeof metrics.large)[number], size: "large" | "small") => (
    <Chart
      key={metric}
      size={size}
      title={metricLabel(metric, t)}
      xLabel={xLabel}
      smoothing={smoothing}
      panels={[
        {
          label: metricLabel(metric, t),
          unit: unitOf(metric, t),
          format: formatOf(metric),
          series,
        },
      ]}
    />
  );
  return (
    <ChartGroup>
      {query.error ? (
        <output className="mb-4 block text-sm text-danger">{t("runs.stale")}</output>
      ) : null}
      <Section title={t("compare.runs")}>
        <ComparedRuns compared={compared} />
      </Section>
      <Section title={t("compare.options")} state={t("compare.optionsState")}>
        <ComparedOptions compared={compared} options={options} />
      </Section>
      {metrics.large.length + metrics.small.length === 0 ? (
        <p className="mt-10 text-muted">{t("compare.noMeasurements")}</p>
      ) : (
        <>
          <Section
            title={t("compare.charts")}
            state={t("runs.moreState")}
            action={<SmoothingSlider value={smoothing} onChange={setSmoothing} />}
          >
            <div className="grid gap-x-10 gap-y-8 xl:grid-cols-2">
              {metrics.large.map((one) => chart(one, "large"))}
            </div>
            <div className="mt-8 grid gap-x-8 gap-y-6 sm:grid-cols-2 xl:grid-cols-3">
              {metrics.small.map((one) => chart(one, "small"))}
            </div>
          </Section>
          <Section title={t("compare.last")} state={t("compare.lastState")}>
            <ComparedMetrics metrics={metrics} count={compared.length} />
          </Section>
        </>
      )}
    </ChartGroup>
  );
}
