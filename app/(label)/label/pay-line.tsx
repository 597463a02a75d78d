"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import { moneyText } from "@/app/lib/money";
import type { OwnPay } from "@/server/services/own-pay";

/** Pay so far in a campaign, in one line; nothing where it shows none. */
export function PayLine({ pay }: { pay: OwnPay | undefined }) {
  const t = useT();
  const locale = useLocale();
  if (!pay) return null;
  const money = (amount: number) => moneyText(amount, pay.currency, locale);
  return (
    <span>
      {t("pay.soFar", { amount: money(pay.accepted) })}
      {pay.waiting > 0 && <> · {t("pay.waiting", { amount: money(pay.pending) })}</>}
    </span>
  );
}
