"use client";

import type { ReactNode } from "react";
import { useT } from "@/app/lib/i18n/client";
import { RelativeTime } from "@/app/ui/relative-time";
import { Table } from "@/app/ui/table";
import type { AuditEntry } from "@/server/services/audit";

/** Changes, each with the fields that it touched. */
export function AuditTable({ rows, empty }: { rows: AuditEntry[]; empty: ReactNode }) {
  const t = useT();
  return (
    <Table
      caption={t("audit.table")}
      rows={rows}
      rowKey={(entry) => entry.id}
      empty={empty}
      columns={[
        {
          key: "action",
          header: t("audit.action"),
          rowHeader: true,
          className: "min-w-44",
          cell: (entry) => (
            <>
              <span className="block font-semibold">{t(`audit.${entry.action}`)}</span>
              <span className="block">
                {[entry.targetName, entry.campaign === entry.targetName ? null : entry.campaign]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
              <span className="block text-muted">
                {entry.actor ?? t("audit.system")}, <RelativeTime at={entry.createdAt} />
              </span>
            </>
          ),
        },
        {
          key: "changed",
          header: t("audit.changed"),
          className: "w-3/5 min-w-44",
          cell: (entry) => <Facts entry={entry} />,
        },
      ]}
    />
  );
}

/** Field by field: before, struck out in words and not only by a line, and after. */
function Facts({ entry: { before, after } }: { entry: AuditEntry }) {
  const t = useT();
  const names = Object.keys({ ...before, ...after });
  return (
    <dl className="relative flex flex-col gap-1">
      {names.map((name) => (
        <div key={name} className="wrap-anywhere">
          <dt className="inline font-mono text-muted">{name}: </dt>
          <dd className="inline">
            {before ? (
              <span>
                <span className="sr-only">{t("audit.before")}: </span>
                <Value value={before[name]} />
              </span>
            ) : null}
            {before && after ? <span aria-hidden> → </span> : null}
            {after ? (
              <span className="font-semibold">
                <span className="sr-only">{t("audit.after")}: </span>
                <Value value={after[name]} />
              </span>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const shortest = 160;

function Value({ value }: { value: unknown }) {
  const t = useT();
  if (value === null || value === undefined || value === "") return t("audit.nothing");
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text.length <= shortest) return <span>{text}</span>;
  return (
    <details className="inline-block max-w-full align-top">
      <summary className="cursor-pointer">{text.slice(0, shortest)}…</summary>
      <span className="block whitespace-pre-wrap">{text}</span>
    </details>
  );
}
