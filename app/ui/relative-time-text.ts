const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** How long ago (or ahead) `at` is, in milliseconds since 1970, in the largest unit that fits. */
export function relativeTime(at: number, now: number, locale: string): string {
  const seconds = (at - now) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, size] of units)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return format.format(Math.abs(seconds) < 10 ? 0 : Math.trunc(seconds), "second");
}

/** A length of time in words: the largest unit, rounded; for "about 3 hours left". */
export function durationText(seconds: number, locale: string): string {
  const [unit, size] =
    units.slice(3).find(([, size]) => seconds >= size * 0.95) ?? (["second", 1] as const);
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(
    Math.max(1, Math.round(seconds / size)),
  );
}
