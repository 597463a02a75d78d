"use client";

import type { ReactNode } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { formatValue } from "@/app/ui/chart-plot";
import { Link } from "@/app/ui/link";
import { RelativeTime } from "@/app/ui/relative-time";
import { type Column, Table } from "@/app/ui/table";
import type { TrainingOptions } from "@/server/domain/training-options";
import { formatOf } from "../[id]/chart-plan";
import { metricLabel } from "../metric-words";
import { RunStatus } from "../run-list";
import { kindKeys, progressText } from "../run-words";
import { type Compared, differingOptions, letterOf, type metricsOf } from "./comparison";

/** Which letter is which run, and what each was made from. */
export function ComparedRuns({ compared }: { compared: readonly Compared[] }) {
  const t = useT();
  const locale = useLocale();
  const rows = compared.map(({ run }, i) => ({ run, letter: letterOf(i) }));
  type Row = (typeof rows)[number];
  const columns: Column<Row>[] = [
    {
      key: "letter",
      header: t("runs.run"),
      rowHeader: true,
      cell: nameCell,
      className: "min-w-44",
    },
    { key: "status", header: t("runs.status"), cell: statusCell },
    {
      key: "progress",
      header: t("runs.progress"),
      cell: ({ run }) => progressText(run, t, locale),
      className: "min-w-40",
    },
    {
      key: "start",
      header: t("runs.startModel"),
      cell: ({ run }) => run.model?.name ?? "–",
      className: "min-w-40",
    },
    { key: "created", header: t("runs.created"), cell: createdCell, className: "min-w-28" },
  ];
  return (
    <Table
      caption={t("compare.runs")}
      columns={columns}
      rows={rows}
      rowKey={({ letter }) => letter}
    />
  );
}

interface RunRow {
  readonly run: Compared["run"];
  readonly letter: string;
}

const nameCell = (row: RunRow) => <RunName {...row} />;
const statusCell = ({ run }: RunRow) => <RunStatus status={run.status} />;
const createdCell = ({ run }: RunRow) => <RelativeTime at={run.createdAt} />;

function RunName({ run, letter }: RunRow) {
  const t = useT();
  const place = run.round === null ? "" : `, ${t("runs.round", { round: run.round })}`;
  return (
    <>
      <strong className="mr-2 font-semibold">{letter}</strong>
      <Link href={`/research/runs/${run.id}`}>{t(kindKeys[run.kind])}</Link>
      {run.campaignName === null ? null : (
        <span className="block text-muted">
          {run.campaignName}
          {place}
        </span>
      )}
    </>
  );
}

interface Row {
  readonly key: string;
  readonly name: ReactNode;
  readonly values: readonly (string | null)[];
}

/** A row a thing, a column a run. */
function ByRun(props: { caption: string; header: string; rows: Row[]; count: number }) {
  const { caption, header, rows, count } = props;
  const columns: Column<Row>[] = [
    { key: "name", header, rowHeader: true, cell: (row) => row.name, className: "min-w-40" },
    ...Array.from({ length: count }, (_, i): Column<Row> => ({
      key: letterOf(i),
      header: letterOf(i),
      align: "end",
      cell: (row) => row.values[i] ?? "–",
    })),
  ];
  return <Table caption={caption} columns={columns} rows={rows} rowKey={(row) => row.key} />;
}

export function ComparedOptions(props: {
  compared: readonly Compared[];
  options: TrainingOptions | null;
}) {
  const t = useT();
  const differing = differingOptions(props.compared, props.options);
  if (differing.length === 0) return <p className="text-muted">{t("compare.sameOptions")}</p>;
  return (
    <ByRun
      caption={t("compare.options")}
      header={t("runs.option")}
      count={props.compared.length}
      rows={differing.map(({ name, values }) => ({
        key: name,
        name: <code>{name}</code>,
        values,
      }))}
    />
  );
}

export function ComparedMetrics(props: { metrics: ReturnType<typeof metricsOf>; count: number }) {
  const t = useT();
  const locale = useLocale();
  const { large, small } = props.metrics;
  return (
    <ByRun
      caption={t("compare.last")}
      header={t("compare.measurement")}
      count={props.count}
      rows={[...large, ...small].map(({ metric, last }) => ({
        key: metric,
        name: metricLabel(metric, t),
        values: last.map((value) =>
          value === null ? null : formatValue(value, formatOf(metric), locale),
        ),
      }))}
    />
  );
}
