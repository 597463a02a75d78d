import type { useT } from "@/app/lib/i18n/client";
import type { Locale } from "@/app/lib/i18n/locale";
import type { RoundRule, Thresholds } from "@/server/domain/rounds/rule";
import { shareText } from "./check-words";

interface Speaker {
  t: ReturnType<typeof useT>;
  locale: Locale;
}

const asked = (thresholds: Thresholds): number =>
  Object.values(thresholds).filter((one) => one !== null && one !== false).length;

/** A rule in sentences: when it trains, what its gates ask, where a person decides. */
export function ruleWords({ t, locale }: Speaker, rule: RoundRule): string {
  const { afterRankings, everyHours, fewestRankings: count, askAt, calibrationShare } = rule;
  const figures = asked(rule.thresholds);
  const gates = new Intl.ListFormat(locale).format(askAt.map((gate) => t(`rule.gate.${gate}`)));
  return [
    whenWords(t, afterRankings, everyHours, count),
    figures > 0 ? t("rule.asks", { count: figures }) : t("rule.asks.nothing"),
    askAt.length > 0 && t("rule.people", { gates }),
    calibrationShare > 0 && t("rule.calibration", { share: shareText(calibrationShare, locale) }),
  ]
    .filter(Boolean)
    .join(" ");
}

function whenWords(
  t: Speaker["t"],
  rankings: number | null,
  hours: number | null,
  count: number,
): string {
  if (rankings !== null && hours !== null) return t("rule.when.both", { rankings, hours, count });
  if (rankings !== null) return t("rule.when.rankings", { count: rankings });
  return hours === null ? t("rule.when.hand") : t("rule.when.hours", { hours, count });
}
