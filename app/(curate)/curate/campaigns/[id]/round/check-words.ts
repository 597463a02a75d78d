import type { useT } from "@/app/lib/i18n/client";
import type { Locale } from "@/app/lib/i18n/locale";
import type { Check, CheckName } from "@/server/domain/rounds/gate";

interface Speaker {
  t: ReturnType<typeof useT>;
  locale: Locale;
}

/** 0.784 → "78.4%". */
export const shareText = (share: number, locale: Locale): string =>
  share.toLocaleString(locale, { style: "percent", maximumFractionDigits: 1 });
export const numberText = (value: number, locale: Locale, digits: number): string =>
  value.toLocaleString(locale, { maximumFractionDigits: digits });

export const klText = (nats: number, locale: Locale): string =>
  nats.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const units: Record<CheckName, "share" | 0 | 1 | 2> = {
  newRankings: 0,
  hours: 1,
  fewestRankings: 0,
  ordered: 0,
  accuracy: "share",
  accuracyLow: "share",
  heldoutPairs: 0,
  beatsLength: "share",
  labelers: 0,
  kl: 1,
  scoreRises: 2,
};

/** What a gate asks, what was measured and what is wanted. `ahead` = the round has yet to measure it. */
export function checkWords(
  { t, locale }: Speaker,
  { name, value, wanted }: Check,
  ahead: boolean,
): { what: string; value: string; wanted: string } {
  const unit = units[name];
  const text = (number: number) =>
    unit === "share" ? shareText(number, locale) : numberText(number, locale, unit);
  const what = t(`check.${name}`);
  if (name === "ordered") {
    const some = t(value ? "check.ordered.some" : "check.ordered.none");
    return { what, value: some, wanted: t("check.atLeast", { wanted: text(wanted) }) };
  }
  const measured = ahead ? "" : value === null ? t("check.notMeasured") : text(value);
  if (name === "kl")
    return { what, value: measured, wanted: t("check.atMost", { wanted: text(wanted) }) };
  if (name === "scoreRises" || name === "beatsLength") {
    const above = name === "scoreRises" ? "check.above.start" : "check.above.length";
    const known = ahead || (name === "beatsLength" && wanted === 0);
    return {
      what,
      value: measured,
      wanted: known ? t(above) : t("check.above", { wanted: text(wanted) }),
    };
  }
  return { what, value: measured, wanted: t("check.atLeast", { wanted: text(wanted) }) };
}
