"use client";

import { useT } from "@/app/lib/i18n/client";
import { Table } from "@/app/ui/table";
import type { LabelerReport } from "@/server/domain/quality/report";
import type { Measure, QualityRules } from "@/server/domain/quality/rules";
import { useFigures } from "../use-figures";

interface Row {
  key:
    | Exclude<Measure, "straight-lining">
    | "goldPairs"
    | "agreementNoTies"
    | "ratio"
    | "longer"
    | "displayed"
    | "repeated"
    | "allTied"
    | "reliability"
    | "weight";
  value: string;
  range?: string;
  p?: string;
  n: string;
  rule?: Measure;
}

const below: readonly Measure[] = ["gold", "agreement"];

/** Every measure with its figure, its interval or p, and the rule that it is held against. */
export function MeasureTable({ report, rules }: { report: LabelerReport; rules: QualityRules }) {
  const t = useT();
  const { share, signed, coefficient, range, p } = useFigures();
  const { gold, agreement, speed, position, length, straight } = report;
  const tasks = (count: number) => t("labeler.tasks", { count });
  const rows: Row[] = [
    {
      key: "gold",
      value: share(gold.accuracy),
      range: range(gold.tasks === 0 ? null : gold.interval),
      n: tasks(gold.tasks),
      rule: "gold",
    },
    { key: "goldPairs", value: share(gold.pairs), n: tasks(gold.tasks) },
    {
      key: "agreement",
      value: share(agreement.rate),
      range: range(agreement.interval),
      p: p(agreement.p),
      n: tasks(agreement.tasks),
      rule: "agreement",
    },
    { key: "agreementNoTies", value: share(agreement.rateNoTies), n: tasks(agreement.tasks) },
    { key: "speed", value: share(speed.tooFast), n: tasks(speed.n), rule: "speed" },
    {
      key: "ratio",
      value: speed.ratio === null ? "–" : t("labeler.times", { ratio: coefficient(speed.ratio) }),
      p: p(speed.p),
      n: tasks(speed.n),
    },
    {
      key: "position",
      value: signed(position.value),
      p: p(position.p),
      n: tasks(position.n),
      rule: "position",
    },
    {
      key: "length",
      value: signed(length.value),
      p: p(length.p),
      n: tasks(length.n),
      rule: "length",
    },
    { key: "longer", value: signed(report.longerWins), n: tasks(report.rankings) },
    ...(["displayed", "repeated", "allTied"] as const).map((key): Row => {
      const { value, p: chance, n } = straight[key];
      return { key, value: share(value), p: p(chance), n: tasks(n), rule: "straight-lining" };
    }),
    {
      key: "reliability",
      value: coefficient(report.reliability),
      n: t("labeler.comparisons", { count: Math.round(report.comparisons) }),
    },
    { key: "weight", value: coefficient(report.weight), n: "" },
  ];
  const ruleText = (measure: Measure | undefined) => {
    if (!measure || rules[measure].action === "off") return "";
    const { action, threshold } = rules[measure];
    const values = { action: t(`labeler.action.${action}`), threshold: share(threshold) };
    return t(below.includes(measure) ? "labeler.rule.below" : "labeler.rule.above", values);
  };
  return (
    <Table
      caption={t("labeler.table")}
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        {
          key: "measure",
          header: t("labeler.measure"),
          rowHeader: true,
          cell: (row) => t(`labeler.measure.${row.key}`),
        },
        { key: "value", header: t("labeler.value"), align: "end", cell: (row) => row.value },
        { key: "range", header: t("labeler.range"), align: "end", cell: (row) => row.range ?? "" },
        { key: "p", header: t("labeler.p"), align: "end", cell: (row) => row.p ?? "" },
        { key: "n", header: t("labeler.n"), align: "end", cell: (row) => row.n },
        {
          key: "rule",
          header: t("labeler.rule"),
          className: "text-muted",
          cell: (row) => ruleText(row.rule),
        },
      ]}
    />
  );
}
