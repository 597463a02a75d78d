"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import { Chart } from "@/app/ui/chart";
import { FoldedText } from "@/app/ui/folded-text";
import { Section } from "@/app/ui/page-header";
import { type Column, Table } from "@/app/ui/table";
import { reportPartText } from "./report-part-text";
import type { HeldoutReport, ReportMistake, ReportPart } from "@/server/domain/heldout-report";

interface Fact {
  readonly name: string;
  readonly value: string;
  readonly interval: string;
  readonly pairs: string;
}

/** How far a reward model can be trusted: on prompts that it never learnt from, beside what it must beat and cannot. */
export function HeldOutReport({ id, report }: { id: string; report: HeldoutReport }) {
  const t = useT();
  const locale = useLocale();
  const share = (x: number) =>
    x.toLocaleString(locale, { style: "percent", maximumFractionDigits: 1 });
  const interval = (of: readonly number[] | null) =>
    of ? `${share(of[0])} – ${share(of[1])}` : "–";
  const number = (x: number) => x.toLocaleString(locale, { maximumSignificantDigits: 3 });
  const partFact = (name: string, part: ReportPart): Fact => ({
    name,
    value: part.accuracy === null ? "–" : share(part.accuracy),
    interval: interval(part.accuracy_ci),
    pairs: part.pairs.toLocaleString(locale),
  });
  const { labelers } = report;
  const pairs = report.pairs.toLocaleString(locale);
  const facts: Fact[] = [
    {
      name: t("report.accuracy"),
      value: share(report.accuracy),
      interval: interval(report.accuracy_ci),
      pairs,
    },
    {
      name: t("report.baseline"),
      value: share(report.length_baseline),
      interval: interval(report.length_baseline_ci),
      pairs,
    },
    ...(labelers
      ? [
          {
            name: t("report.labelers"),
            value: share(labelers.agreement),
            interval: interval(labelers.agreement_ci),
            pairs: labelers.pairs.toLocaleString(locale),
          },
        ]
      : []),
    partFact(t("report.alike"), report.alike_in_length),
    { name: t("report.ece"), value: number(report.ece), interval: "", pairs },
    { name: t("report.brier"), value: number(report.brier), interval: "", pairs },
  ];
  const parts = [
    { title: t("report.byMargin"), rows: report.by_margin },
    { title: t("report.byLength"), rows: report.by_length_difference },
    { title: t("report.byLonger"), rows: report.by_longer },
    { title: t("report.byGroup"), rows: report.by_labeler_group },
  ].filter(({ rows }) => rows.length > 0);
  const columns = (first: string): Column<Fact>[] => [
    { key: "name", header: first, rowHeader: true, cell: nameCell },
    { key: "value", header: t("report.value"), align: "end", cell: valueCell },
    {
      key: "interval",
      header: t("report.interval"),
      align: "end",
      cell: intervalCell,
      className: "whitespace-nowrap",
    },
    { key: "pairs", header: t("report.pairs"), align: "end", cell: pairsCell },
  ];
  const bins = report.reliability.filter(({ mean_predicted: mean }) => mean !== null);
  return (
    <Section
      title={t("report.title")}
      state={t("report.state", { pairs: report.pairs, prompts: report.prompts })}
      action={
        <a
          className="text-accent underline underline-offset-3"
          href={`/research/runs/${id}/report`}
          download
        >
          {t("report.json")}
        </a>
      }
    >
      <Table
        caption={t("report.title")}
        columns={columns(t("report.measure"))}
        rows={facts}
        rowKey={nameCell}
      />
      {labelers ? null : <p className="mt-2 text-sm text-muted">{t("report.labelersUnknown")}</p>}
      <div className="mt-8 grid gap-x-10 gap-y-8 xl:grid-cols-2">
        <Chart
          size="large"
          title={t("report.calibration")}
          note={t("report.calibrationNote")}
          xLabel={t("report.predicted")}
          smoothing={0}
          panels={[
            {
              label: t("report.observed"),
              format: "percent",
              domain: [0, 1],
              series: [
                {
                  key: "observed",
                  label: t("report.observed"),
                  color: "var(--reward)",
                  points: bins.map((bin) => ({ x: bin.mean_predicted ?? 0, y: bin.observed ?? 0 })),
                },
                {
                  key: "ideal",
                  label: t("report.ideal"),
                  color: "var(--muted)",
                  points: [
                    { x: 0.5, y: 0.5 },
                    { x: 1, y: 1 },
                  ],
                },
              ],
            },
          ]}
        />
        <div className="grid content-start gap-6">
          {parts.map(({ title, rows }) => (
            <Table
              key={title}
              caption={title}
              columns={columns(title)}
              rows={rows.map((part) => partFact(reportPartText(part.part, t), part))}
              rowKey={nameCell}
            />
          ))}
        </div>
      </div>
      <Mistakes title={t("report.worst")} rows={report.worst_mistakes} number={number} />
      <Mistakes title={t("report.nearest")} rows={report.nearest_mistakes} number={number} />
    </Section>
  );
}

const nameCell = ({ name }: Fact) => name;
const valueCell = ({ value }: Fact) => <span className="tabular">{value}</span>;
const intervalCell = ({ interval }: Fact) => <span className="tabular">{interval}</span>;
const pairsCell = ({ pairs }: Fact) => <span className="tabular">{pairs}</span>;

interface MistakesProps {
  title: string;
  rows: readonly ReportMistake[];
  number: (x: number) => string;
}

/** Pairs that the model has the other way round, with their texts. */
function Mistakes({ title, rows, number }: MistakesProps) {
  const t = useT();
  if (rows.length === 0) return null;
  const columns: Column<ReportMistake>[] = [
    { key: "prompt", header: t("report.prompt"), rowHeader: true, cell: promptCell },
    { key: "chosen", header: t("report.chosen"), cell: chosenCell },
    { key: "rejected", header: t("report.rejected"), cell: rejectedCell },
    {
      key: "margin",
      header: t("report.margin"),
      align: "end",
      cell: ({ margin }) => <span className="tabular">{number(margin)}</span>,
    },
  ];
  return (
    <details className="mt-6">
      <summary className="text-accent">{`${title} (${rows.length})`}</summary>
      <div className="mt-3">
        <Table
          caption={title}
          columns={columns}
          rows={rows}
          rowKey={({ prompt, chosen, rejected }) => JSON.stringify([prompt, chosen, rejected])}
        />
      </div>
    </details>
  );
}

const text = "max-w-80 min-w-40";
const promptCell = ({ prompt }: ReportMistake) => <FoldedText text={prompt} className={text} />;
const chosenCell = ({ chosen }: ReportMistake) => <FoldedText text={chosen} className={text} />;
const rejectedCell = ({ rejected }: ReportMistake) => (
  <FoldedText text={rejected} className={text} />
);
