import type { Locale } from "./i18n/locale";

/** A sum in the language's own notation, to the ten-thousandth that rates have. */
export const moneyText = (amount: number, currency: string, locale: Locale): string =>
  amount.toLocaleString(locale, { style: "currency", currency, maximumFractionDigits: 4 });
