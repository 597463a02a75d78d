"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import type { Interval } from "@/server/domain/statistics/proportion";

const none = "–";

/** How figures are written: shares in percent, coefficients with two places, a dash for what is unknown. */
export function useFigures() {
  const t = useT();
  const locale = useLocale();
  const number = (value: number, digits: number, style: "decimal" | "percent" = "decimal") =>
    value.toLocaleString(locale, {
      style,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  const share = (value: number | null) => (value === null ? none : number(value, 0, "percent"));
  return {
    share,
    /** −1 to 1, with its sign: which way a bias goes. */
    signed: (value: number | null) =>
      value === null
        ? none
        : value.toLocaleString(locale, {
            style: "percent",
            maximumFractionDigits: 0,
            signDisplay: "exceptZero",
          }),
    coefficient: (value: number | null) => (value === null ? none : number(value, 2)),
    range: (interval: Interval | null) =>
      interval === null
        ? none
        : t("quality.interval", { low: share(interval[0]), high: share(interval[1]) }),
    p: (value: number | null) =>
      value === null ? none : value < 0.001 ? t("labeler.p.small") : number(value, 3),
    seconds: (value: number | null) =>
      value === null ? none : t("quality.secondsShort", { seconds: Math.round(value) }),
  };
}
