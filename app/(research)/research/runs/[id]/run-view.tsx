"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { errorMessage } from "@/app/lib/error-message";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button, ButtonLink } from "@/app/ui/button";
import { ErrorState } from "@/app/ui/error-state";
import { PageHeader, Section } from "@/app/ui/page-header";
import { Progress } from "@/app/ui/progress";
import { useToast } from "@/app/ui/toast";
import type { TrainingOption } from "@/server/domain/training-options";
import { RunStatus } from "../run-list";
import { isLive, kindKeys, progressText } from "../run-words";
import { RepeatCommand } from "./repeat-command";
import { RunCharts } from "./run-charts";
import { RunConfig } from "./run-config";
import { RunOrigin } from "./run-origin";
import { RunSamples } from "./run-samples";
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
  const queries = useQueryClient();
  const toast = useToast();
  const { id } = initial.run;
  const query = useQuery({
    ...trpc.runs.get.queryOptions({ id }),
    initialData: initial.run,
    refetchInterval: ({ state }) => (state.data && isLive(state.data) ? 1000 : false),
  });
  const run = query.data;
  const live = isLive(run);
  const { rows, stale } = useMetrics(id, initial.metrics, live);
  const cancel = useMutation(
    trpc.runs.cancel.mutationOptions({
      onSuccess: async () => {
        toast({ text: t("runs.cancelling") });
        await queries.invalidateQueries(trpc.runs.get.queryFilter({ id }));
      },
      onError: (error) => toast({ text: errorMessage(error, t), tone: "danger" }),
    }),
  );
  const stopping = run.job?.cancelRequested ?? false;
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
        action={
          <>
            <ButtonLink href={`/research/runs/new?from=${id}`}>{t("runs.clone")}</ButtonLink>
            {live ? (
              <Button
                look="danger"
                busy={cancel.isPending || stopping}
                busyText={t("runs.cancelling")}
                onClick={() => cancel.mutate({ id })}
              >
                {t("runs.cancel")}
              </Button>
            ) : null}
          </>
        }
      />
      {run.status === "running" ? (
        <Progress
          className="-mt-4 mb-8"
          label={t("runs.progress")}
          value={run.step}
          max={run.totalSteps}
        />
      ) : null}
      {run.error ? (
        <div className="mb-8">
          <ErrorState title={t("runs.failed")} message={run.error} />
        </div>
      ) : null}
      {query.error || stale ? (
        <output className="mb-4 block text-sm text-danger">{t("runs.stale")}</output>
      ) : null}
      <RunCharts run={run} rows={rows} live={live} />
      <RunSamples id={id} initial={initial.samples} live={live} kind={run.kind} />
      <Section title={t("runs.origin")}>
        <RunOrigin run={run} />
      </Section>
      <Section title={t("runs.config")}>
        <RunConfig config={run.config} options={options} seed={run.seed} />
      </Section>
      <Section title={t("runs.repeat")} state={t("runs.repeatState")}>
        <RepeatCommand run={run} options={options} />
      </Section>
    </>
  );
}
