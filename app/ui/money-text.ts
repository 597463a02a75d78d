/** A sum as people write it, to a ten-thousandth where it is so fine. @param currency three letters */
export const moneyText = (amount: number, currency: string, locale: string): string =>
  amount.toLocaleString(locale, { style: "currency", currency, maximumFractionDigits: 4 });
