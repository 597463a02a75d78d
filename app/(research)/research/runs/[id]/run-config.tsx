"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import { type Column, Table } from "@/app/ui/table";
import type { TrainingOption } from "@/server/domain/training-options";
import { meaningOf, sourceOf } from "../option-meanings";

interface RunConfigProps {
  config: Record<string, unknown>;
  options: readonly TrainingOption[];
  seed: number;
}

interface Row {
  name: string;
  value: string;
  changed: boolean;
  meaning: string;
  source: string;
}

/** Every option with its value and its meaning: what differs from the default first, the rest behind a fold. */
export function RunConfig({ config, options, seed }: RunConfigProps) {
  const t = useT();
  const locale = useLocale();
  const known = new Map(options.map((option) => [option.name, option]));
  const rows = [...new Set([...Object.keys(config), ...known.keys(), "seed"])].map((name): Row => {
    const option = known.get(name);
    const value = name === "seed" ? seed : name in config ? config[name] : option?.default;
    return {
      name,
      value: shown(value),
      changed: name !== "seed" && option !== undefined && value !== option.default,
      meaning: option ? meaningOf(option, locale) : "",
      source: option ? sourceOf(option.source, locale) : "",
    };
  });
  const changed = rows.filter((row) => row.changed || !known.has(row.name));
  const others = rows.filter((row) => !changed.includes(row));
  const columns: Column<Row>[] = [
    {
      key: "name",
      header: t("runs.option"),
      rowHeader: true,
      cell: nameCell,
      className: "whitespace-nowrap",
    },
    { key: "value", header: t("runs.value"), align: "end", cell: valueCell },
    {
      key: "source",
      header: t("runs.default"),
      cell: (row) => row.source,
      className: "min-w-40",
    },
    {
      key: "meaning",
      header: t("runs.meaning"),
      cell: (row) => row.meaning,
      className: "min-w-64",
    },
  ];
  const table = (part: Row[]) => (
    <Table caption={t("runs.config")} columns={columns} rows={part} rowKey={(row) => row.name} />
  );
  return (
    <>
      {changed.length === 0 ? <p>{t("runs.configDefaults")}</p> : table(changed)}
      {others.length === 0 ? null : (
        <details className="mt-3">
          <summary className="text-sm text-accent">
            {t("runs.configOthers", { count: others.length })}
          </summary>
          <div className="mt-2">{table(others)}</div>
        </details>
      )}
    </>
  );
}

const nameCell = (row: Row) => <code>{row.name}</code>;
const valueCell = (row: Row) => <code>{row.value}</code>;

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
