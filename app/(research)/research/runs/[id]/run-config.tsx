"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import { type Column, Table } from "@/app/ui/table";
import type { TrainingOption } from "@/server/services/training-options";
import { meaningOf } from "../option-meanings";

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
}

/** Every option with its value and its meaning; what differs from the default stands out. */
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
    };
  });
  rows.sort((a, b) => Number(b.changed) - Number(a.changed));
  const columns: Column<Row>[] = [
    { key: "name", header: t("runs.option"), rowHeader: true, cell: nameCell },
    { key: "value", header: t("runs.value"), align: "end", cell: valueCell },
    { key: "meaning", header: t("runs.meaning"), cell: (row) => row.meaning },
  ];
  return <Table caption={t("runs.config")} columns={columns} rows={rows} rowKey={(r) => r.name} />;
}

const nameCell = (row: Row) => <code>{row.name}</code>;
const valueCell = (row: Row) => <OptionValue row={row} />;

function OptionValue({ row }: { row: Row }) {
  const t = useT();
  return (
    <>
      <code className={row.changed ? "font-semibold" : undefined}>{row.value}</code>
      {row.changed ? <span className="block text-muted">{t("runs.changed")}</span> : null}
    </>
  );
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
