"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { ErrorState } from "@/app/ui/error-state";
import { PageHeader, Section } from "@/app/ui/page-header";
import { Progress } from "@/app/ui/progress";
import type { TrainingOption } from "@/server/domain/training-options";
import { RunStatus } from "../run-list";
import { isLive, kindKeys, progressText } from "../run-words";
import { BestOf } from "./best-of";
import { HeldOutReport } from "./held-out-report";
import { Rollouts } from "./rollouts";
import { RunActions } from "./run-actions";
import { RepeatCommand } from "./repeat-command";
import { RunCharts } from "./run-charts";
import { RunConfig } from "./run-config";
import { RunCost } from "./run-cost";
import { RunOrigin } from "./run-origin";
import { RunTracking } from "./run-tracking";
import { useMetrics } from "./use-metrics";

interface RunViewProps {
  initial: {
    run: Outputs["runs"]["get"];
    metrics: Outputs["runs"]["metrics"];
    samples: Outputs["runs"]["samples"];
  };
  options: readonly TrainingOption[];
}

/** A run as it goes: where it stands, what it measures, what it says, what it was told. */
export function RunView({ initial, options }: RunViewProps) {
  const t = useT();
  const locale = useLocale();
  const trpc = useTRPC();
  const { id } = initial.run;
  const query = useQuery({
    ...trpc.runs.get.queryOptions({ id }),
    initialData: initial.run,
    refetchInterval: ({ state }) => (state.data && isLive(state.data) ? 1000 : false),
  });
  const run = query.data;
  const live = isLive(run);
  const { rows, stale } = useMetrics(id, initial.metrics, live);
  const progress = progressText(run, t, locale);
  return (
    <>
      <PageHeader
        parent={{ href: "/research/runs", label: t("runs.title") }}
        title={t(kindKeys[run.kind])}
        state={
          <span className="inline-flex flex-wrap items-center gap-x-3">
            <RunStatus status={run.status} />
            <span className="tabular">{progress}</span>
          </span>
        }
        action={<RunActions run={run} />}
      />
      {run.status === "running" || run.status === "paused" ? (
        <Progress
          className="-mt-4 mb-8"
          label={t("runs.progress")}
          value={run.step}
          max={run.totalSteps}
        />
      ) : null}
      <RunCost run={run} />
      {run.status === "paused" ? <p className="-mt-4 mb-8">{t("runs.pausedState")}</p> : null}
      {run.error ? (
        <div className="mb-8">
          <ErrorState title={t("runs.failed")} message={run.error} />
        </div>
      ) : null}
      {query.error || stale ? (
        <output className="mb-4 block text-sm text-danger">{t("runs.stale")}</output>
      ) : null}
      {run.snapshotCounts?.heldout.rankings === 0 ? (
        <p className="mb-8">{t("runs.noHeldout")}</p>
      ) : null}
      {run.kind === "best-of-n" ? (
        <BestOf rows={rows} completions={Number(run.config.completions)} />
      ) : (
        <RunCharts run={run} rows={rows} live={live}>
          <Rollouts id={id} initial={initial.samples} live={live} kind={run.kind} />
        </RunCharts>
      )}
      {run.report ? <HeldOutReport id={id} report={run.report} /> : null}
      <Section title={t("runs.origin")}>
        <RunOrigin run={run} />
      </Section>
      <RunTracking tracked={run.tracked} />
      <Section title={t("runs.config")}>
        <RunConfig config={run.config} options={options} seed={run.seed} />
      </Section>
      <Section title={t("runs.repeat")} state={t("runs.repeatState")}>
        <RepeatCommand run={run} options={options} />
      </Section>
    </>
  );
}
