import type { Locale } from "./locale";

export type Values = Record<string, string | number>;

/**
 * Fills a message: `{name}` takes a value (numbers in the language's own notation) and
 * `{count:# ranking|# rankings}` chooses by the language's plural rule, `#` being the number.
 * Languages without plural forms, like Korean, give one form.
 */
export function formatMessage(template: string, values: Values, locale: Locale): string {
  return template.replace(/\{(\w+)(?::([^}]*))?\}/g, (whole, name: string, forms?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    const shown = typeof value === "number" ? value.toLocaleString(locale) : value;
    if (forms === undefined) return shown;
    const [one = "", other = one] = forms.split("|");
    const plural = new Intl.PluralRules(locale).select(Number(value));
    return (plural === "one" ? one : other).replaceAll("#", shown);
  });
}
