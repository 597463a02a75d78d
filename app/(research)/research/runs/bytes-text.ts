import type { Locale } from "@/app/lib/i18n/locale";

/** 3.7e9 → "3.7 GB" */
export function bytesText(bytes: number, locale: Locale): string {
  const [value, unit] = bytes < 1e9 ? [Math.round(bytes / 1e6), "MB"] : [bytes / 1e9, "GB"];
  return `${value.toLocaleString(locale, { maximumFractionDigits: 1 })} ${unit}`;
}
