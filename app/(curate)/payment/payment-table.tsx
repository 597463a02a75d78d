"use client";

import { useState } from "react";
import { Pager } from "@/app/(curate)/pager";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { moneyText } from "@/app/lib/money";
import type { Outputs } from "@/app/lib/trpc";
import { EmptyState } from "@/app/ui/empty-state";
import { Table } from "@/app/ui/table";

type Payment = Outputs["payment"]["list"][number];

/** So many are drawn at a time; the sums are of all. */
const perPage = 100;

/** Who earned what, with the sum of each currency above. */
export function PaymentTable({ rows }: { rows: Payment[] }) {
  const t = useT();
  const locale = useLocale();
  const [asked, setPage] = useState(0);
  const page = Math.min(asked, Math.max(0, Math.ceil(rows.length / perPage) - 1));
  const from = page * perPage;
  const money = (amount: number, currency: string) => moneyText(amount, currency, locale);
  const sums = new Map<string, number>();
  for (const { pay, amount } of rows)
    if (pay && amount !== null) sums.set(pay.currency, (sums.get(pay.currency) ?? 0) + amount);
  const hours = rows.reduce((sum, row) => sum + row.seconds, 0) / 3600;
  if (rows.length === 0)
    return <EmptyState title={t("payment.empty.title")}>{t("payment.empty")}</EmptyState>;
  return (
    <>
      <p className="mb-4">
        {t("payment.sum", {
          people: new Set(rows.map((row) => row.userId)).size,
          hours: hours.toLocaleString(locale, { maximumFractionDigits: 1 }),
          sum: [...sums].map(([currency, sum]) => money(sum, currency)).join(" + ") || "0",
        })}
      </p>
      <Table
        caption={t("payment.table")}
        rows={rows.slice(from, from + perPage)}
        rowKey={(row) => `${row.userId} ${row.campaign}`}
        columns={[
          {
            key: "name",
            header: t("people.name"),
            rowHeader: true,
            className: "min-w-40",
            cell: (row) => (
              <>
                <span className="block font-semibold">{row.name}</span>
                <span className="block text-muted">{row.worker ?? row.email}</span>
              </>
            ),
          },
          { key: "campaign", header: t("payment.campaign"), cell: (row) => row.campaign },
          {
            key: "rankings",
            header: t("people.rankings"),
            align: "end",
            cell: (row) => row.rankings.toLocaleString(locale),
          },
          {
            key: "demonstrations",
            header: t("people.demonstrations"),
            align: "end",
            cell: (row) => row.demonstrations.toLocaleString(locale),
          },
          {
            key: "hours",
            header: t("payment.hours"),
            align: "end",
            cell: (row) =>
              (row.seconds / 3600).toLocaleString(locale, {
                minimumFractionDigits: 2,
                maximumFractionDigits: 2,
              }),
          },
          {
            key: "amount",
            header: t("payment.amount"),
            align: "end",
            cell: (row) =>
              row.pay && row.amount !== null ? (
                money(row.amount, row.pay.currency)
              ) : (
                <span className="text-muted">{t("payment.noRate")}</span>
              ),
          },
        ]}
      />
      <Pager page={page} onPage={setPage} of={{ perPage, total: rows.length }} />
    </>
  );
}
