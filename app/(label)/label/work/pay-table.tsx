"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import { moneyText } from "@/app/lib/money";
import { Table } from "@/app/ui/table";
import type { OwnPay } from "@/server/services/own-pay";

/** What each campaign pays, and what one's accepted and waiting work comes to. */
export function PayTable({ rows }: { rows: OwnPay[] }) {
  const t = useT();
  const locale = useLocale();
  const counts = (row: OwnPay) =>
    t("pay.counts", { rankings: row.rankings, demonstrations: row.demonstrations });
  return (
    <Table
      caption={t("pay.caption")}
      rows={rows}
      rowKey={(row) => row.campaignId}
      columns={[
        { key: "name", header: t("work.campaign"), rowHeader: true, cell: (row) => row.name },
        {
          key: "rates",
          header: t("pay.rates"),
          cell: ({ rates, currency }) =>
            t("pay.rates.each", {
              ranking: moneyText(rates.ranking, currency, locale),
              demonstration: moneyText(rates.demonstration, currency, locale),
            }),
        },
        {
          key: "accepted",
          header: t("pay.accepted"),
          align: "end",
          cell: (row) => (
            <>
              {moneyText(row.accepted, row.currency, locale)}
              <span className="block text-muted">{counts(row)}</span>
            </>
          ),
        },
        {
          key: "waiting",
          header: t("pay.inReview"),
          align: "end",
          cell: (row) => (
            <>
              {moneyText(row.pending, row.currency, locale)}
              <span className="block text-muted">
                {t("pay.waiting.count", { count: row.waiting })}
              </span>
            </>
          ),
        },
      ]}
    />
  );
}
