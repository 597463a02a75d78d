"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import { Chart } from "@/app/ui/chart";
import type { ChartPanel } from "@/app/ui/chart-data";
import { Section } from "@/app/ui/page-header";
import { type Column, Table } from "@/app/ui/table";
import type { MetricRow } from "../metric-lines";
import { type BestOfRow, bestOfRows, isGamed } from "./best-of-rows";

interface BestOfProps {
  rows: readonly MetricRow[];
  completions: number;
}

/** What the best of 1, 2, 4 … answers scores, and how many are right, beside what one does. */
export function BestOf({ rows: metrics, completions }: BestOfProps) {
  const t = useT();
  const locale = useLocale();
  const values = metrics.at(-1)?.values ?? {};
  const rows = bestOfRows(values);
  const [one] = rows;
  const best = rows.at(-1);
  if (!one || !best)
    return (
      <Section title={t("bestOf.title")}>
        <p className="text-muted">{t("bestOf.waiting")}</p>
      </Section>
    );
  const number = (x: number) => x.toLocaleString(locale, { maximumFractionDigits: 3 });
  const share = (x: number) =>
    x.toLocaleString(locale, { style: "percent", maximumFractionDigits: 1 });
  const interval = (mean: number, error: number, text: (x: number) => string) =>
    `${text(mean - 1.96 * error)} – ${text(mean + 1.96 * error)}`;
  const end = { align: "end" } as const;
  const columns: Column<BestOfRow>[] = [
    { key: "n", header: t("bestOf.n"), rowHeader: true, cell: ({ n }) => n.toLocaleString(locale) },
    { key: "kl", header: t("bestOf.kl"), ...end, cell: ({ kl }) => number(kl) },
    { key: "score", header: t("bestOf.score"), ...end, cell: ({ score }) => number(score) },
    {
      key: "interval",
      header: t("bestOf.interval"),
      ...end,
      cell: ({ score, scoreError }) => interval(score, scoreError, number),
    },
    {
      key: "gain",
      header: t("bestOf.gain"),
      ...end,
      cell: ({ score }) => number(score - one.score),
    },
  ];
  const knowsTruth = one.exact !== null && best.exact !== null;
  if (knowsTruth)
    columns.push(
      { key: "right", header: t("bestOf.right"), ...end, cell: ({ exact }) => share(exact ?? 0) },
      {
        key: "rightInterval",
        header: t("bestOf.interval"),
        ...end,
        cell: ({ exact, exactError }) => interval(exact ?? 0, exactError, share),
      },
    );
  return (
    <Section
      title={t("bestOf.title")}
      state={t("bestOf.state", { prompts: values.prompts, completions })}
    >
      <p className="mb-2 max-w-[75ch]">
        {t("bestOf.says", {
          n: best.n,
          one: number(one.score),
          best: number(best.score),
          kl: number(best.kl),
        })}{" "}
        {knowsTruth
          ? t("bestOf.saysTruth", { best: share(best.exact ?? 0), one: share(one.exact ?? 0) })
          : null}
      </p>
      {isGamed(rows) ? <p className="mb-2 max-w-[75ch] text-danger">{t("bestOf.gamed")}</p> : null}
      <div className="mt-6 grid gap-8">
        <Chart
          title={t("bestOf.chart")}
          note={t("bestOf.chartNote")}
          xLabel={t("bestOf.kl")}
          panels={panelsOf(rows, { score: t("bestOf.score"), right: t("bestOf.right") })}
          panelHeight={knowsTruth ? 170 : 250}
        />
        <div className="min-w-0">
          <Table
            caption={t("bestOf.title")}
            columns={columns}
            rows={rows}
            rowKey={({ n }) => String(n)}
          />
          <p className="mt-2 text-sm text-muted">{t("bestOf.estimator")}</p>
        </div>
      </div>
    </Section>
  );
}

function panelsOf(
  rows: readonly BestOfRow[],
  labels: { score: string; right: string },
): ChartPanel[] {
  const point = (x: number, y: number, error: number) => ({
    x,
    y,
    low: y - 1.96 * error,
    high: y + 1.96 * error,
  });
  const scores: ChartPanel = {
    label: labels.score,
    series: [
      {
        key: "score",
        label: labels.score,
        color: "var(--reward)",
        points: rows.map(({ kl, score, scoreError }) => point(kl, score, scoreError)),
      },
    ],
  };
  if (rows.some(({ exact }) => exact === null)) return [scores];
  const right: ChartPanel = {
    label: labels.right,
    format: "percent",
    domain: [0, 1],
    series: [
      {
        key: "right",
        label: labels.right,
        color: "var(--proof)",
        points: rows.map(({ kl, exact, exactError }) => point(kl, exact ?? 0, exactError)),
      },
    ],
  };
  return [scores, right];
}
