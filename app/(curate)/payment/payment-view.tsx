"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { buttonClass } from "@/app/ui/button";
import { TextField } from "@/app/ui/text-field";
import type { CampaignId } from "@/server/domain/ids";
import { PaymentTable } from "./payment-table";
import { dayOf, nextDay, periodOf } from "./period";

/** Accepted work of a period times the rate, to look at and to download for whoever pays. */
export function PaymentView({ campaignId }: { campaignId?: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const [now] = useState(() => new Date());
  const [first, setFirst] = useState(dayOf(new Date(now.getFullYear(), now.getMonth(), 1)));
  const [last, setLast] = useState(dayOf(now));
  const period = periodOf(first, last);
  const payments = useQuery({
    ...trpc.payment.list.queryOptions({
      ...(period ?? { since: now, until: nextDay(now) }),
      campaignId,
    }),
    enabled: period !== null,
    placeholderData: keepPreviousData,
  });
  const query = period
    ? new URLSearchParams({
        since: period.since.toISOString(),
        until: period.until.toISOString(),
        ...(campaignId ? { campaign: campaignId } : {}),
      }).toString()
    : "";
  return (
    <>
      <div className="mb-6 flex flex-wrap items-end gap-4">
        <TextField
          type="date"
          label={t("payment.first")}
          value={first}
          onChange={(event) => setFirst(event.target.value)}
        />
        <TextField
          type="date"
          label={t("payment.last")}
          value={last}
          onChange={(event) => setLast(event.target.value)}
          error={period ? null : t("payment.wrong")}
        />
        {period ? (
          <a
            href={`/curate/people/payment/csv?${query}`}
            download
            className={buttonClass("primary")}
          >
            {t("payment.download")}
          </a>
        ) : null}
      </div>
      <Loaded query={payments}>{(rows) => <PaymentTable rows={rows} />}</Loaded>
    </>
  );
}
