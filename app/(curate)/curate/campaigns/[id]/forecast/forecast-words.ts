import type { useT } from "@/app/lib/i18n/client";
import type { Locale } from "@/app/lib/i18n/locale";
import { durationText } from "@/app/ui/relative-time-text";
import type { FinishForecast, WorkForecast } from "@/server/domain/forecast";

/** An amount in its currency, with the decimals that small rates need. */
export const moneyText = (amount: number, currency: string, locale: string): string =>
  new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 4 }).format(
    amount,
  );

/** People's time that it still takes, and how that is known. */
export function workText(
  { t, locale }: { t: ReturnType<typeof useT>; locale: Locale },
  { hours, secondsEach, measured }: WorkForecast,
): string {
  if (hours === 0) return t("forecast.finish.done");
  return t(measured ? "forecast.work.measured" : "forecast.work.usual", {
    time: durationText(hours * 3600, locale),
    each: durationText(secondsEach, locale),
  });
}

/** When it will be done, and how sure that is. */
export function finishText(
  { t, locale }: { t: ReturnType<typeof useT>; locale: Locale },
  finish: FinishForecast | null,
): string {
  if (!finish) return t("forecast.finish.unknown");
  if (finish.hours === 0) return t("forecast.finish.done");
  const inWords = (hours: number) => durationText(hours * 3600, locale);
  const [time, soonest] = [inWords(finish.hours), inWords(finish.soonest)];
  return finish.latest === null
    ? t("forecast.finish.open", { time, soonest })
    : t("forecast.finish.range", { time, soonest, latest: inWords(finish.latest) });
}
