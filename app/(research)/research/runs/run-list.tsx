"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button, ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { ErrorState } from "@/app/ui/error-state";
import { Link } from "@/app/ui/link";
import { Progress } from "@/app/ui/progress";
import { RelativeTime } from "@/app/ui/relative-time";
import { Select } from "@/app/ui/select";
import { type Column, Table } from "@/app/ui/table";
import { Status, Tag } from "@/app/ui/tag";
import { mostCompared } from "@/server/domain/compared-runs";
import { type RunKind, runKinds } from "@/server/domain/run-kinds";
import {
  isLive,
  kindKeys,
  kindShort,
  kindStations,
  progressText,
  type RunSummary,
  statusKeys,
  statusTones,
} from "./run-words";

/** Every run, renewed while one of them moves. */
export function RunList({ initial }: { initial: RunSummary[] }) {
  const t = useT();
  const trpc = useTRPC();
  const [kind, setKind] = useState<RunKind | "all">("all");
  const runs = useQuery({
    ...trpc.runs.list.queryOptions({}),
    initialData: initial,
    refetchInterval: (query) => (query.state.data?.some(isLive) ? 1500 : 10_000),
  });
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const pick = (id: string, on: boolean) => {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    setPicked(next);
  };
  const rows = runs.data.filter((run) => kind === "all" || run.kind === kind);
  const columns: Column<RunSummary>[] = [
    {
      key: "compare",
      header: t("compare.column"),
      cell: (run) => (
        <input
          type="checkbox"
          className="size-4 pointer-coarse:size-5"
          aria-label={t("compare.pick", { run: `${t(kindKeys[run.kind])} ${run.id.slice(0, 6)}` })}
          checked={picked.has(run.id)}
          disabled={!picked.has(run.id) && picked.size >= mostCompared}
          onChange={({ target }) => pick(run.id, target.checked)}
        />
      ),
    },
    { key: "run", header: t("runs.run"), rowHeader: true, cell: runCell, className: "min-w-40" },
    { key: "status", header: t("runs.status"), cell: statusCell },
    { key: "campaign", header: t("runs.campaign"), cell: campaignCell, className: "min-w-32" },
    { key: "progress", header: t("runs.progress"), cell: progressCell, className: "min-w-52" },
    { key: "created", header: t("runs.created"), cell: createdCell, className: "min-w-28" },
  ];
  return (
    <>
      {runs.error ? <ErrorState message={errorMessage(runs.error, t)} /> : null}
      {runs.data.length === 0 ? null : (
        <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
          <Select
            label={t("runs.kind")}
            value={kind === "all" ? "" : kind}
            onChange={({ target }) =>
              setKind(runKinds.find((one) => one === target.value) ?? "all")
            }
            placeholder={t("runs.all")}
            options={runKinds.map((value) => ({
              value,
              label: `${t(kindKeys[value])} (${kindShort[value]})`,
            }))}
          />
          {runs.data.length < 2 ? null : <CompareAction picked={picked} />}
        </div>
      )}
      <Table
        caption={t("runs.title")}
        columns={columns}
        rows={rows}
        rowKey={(run) => run.id}
        empty={
          <EmptyState title={t(runs.data.length === 0 ? "runs.empty.title" : "runs.empty.kind")}>
            <p>{t("runs.empty.text")}</p>
          </EmptyState>
        }
      />
    </>
  );
}

/** Leads to the comparison of the ticked runs. */
function CompareAction({ picked }: { picked: ReadonlySet<string> }) {
  const t = useT();
  const query = new URLSearchParams([...picked].map((id) => ["run", id]));
  return (
    <div className="flex flex-wrap items-center gap-3">
      <span className="text-sm text-muted">{t("compare.help", { most: mostCompared })}</span>
      {picked.size < 2 ? (
        <Button disabled>{t("compare.column")}</Button>
      ) : (
        <ButtonLink href={`/research/runs/compare?${query}`}>
          {t("compare.open", { count: picked.size })}
        </ButtonLink>
      )}
    </div>
  );
}

const runCell = (run: RunSummary) => <RunName run={run} />;
const statusCell = (run: RunSummary) => <RunStatus status={run.status} />;
const campaignCell = (run: RunSummary) => <RunCampaign run={run} />;
const progressCell = (run: RunSummary) => <RunProgress run={run} />;
const createdCell = (run: RunSummary) => <RelativeTime at={run.createdAt} />;

function RunName({ run }: { run: RunSummary }) {
  const t = useT();
  return (
    <span className="inline-flex flex-wrap items-baseline gap-2">
      <Link href={`/research/runs/${run.id}`}>{t(kindKeys[run.kind])}</Link>
      <Tag station={kindStations[run.kind]}>{kindShort[run.kind]}</Tag>
      <code className="text-muted">{run.id.slice(0, 6)}</code>
    </span>
  );
}

export function RunStatus({ status }: { status: RunSummary["status"] }) {
  const t = useT();
  return <Status tone={statusTones[status]}>{t(statusKeys[status])}</Status>;
}

function RunCampaign({ run }: { run: RunSummary }) {
  const t = useT();
  if (run.campaignName === null) return "–";
  if (run.round === null) return run.campaignName;
  return `${run.campaignName}, ${t("runs.round", { round: run.round })}`;
}

function RunProgress({ run }: { run: RunSummary }) {
  const t = useT();
  const locale = useLocale();
  const text = progressText(run, t, locale);
  if (run.status !== "running") return text;
  return <Progress label={text} value={run.step} max={run.totalSteps} text="" />;
}
