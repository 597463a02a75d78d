/** The languages of the site. */
export const locales = ["en", "ko"] as const;
export type Locale = (typeof locales)[number];

export const localeCookie = "locale";
export const themeCookie = "theme";
/** "contrast" is high contrast, light or dark as the system is. */
export const themes = ["system", "light", "dark", "contrast"] as const;
export type Theme = (typeof themes)[number];

export const isTheme = (value: unknown): value is Theme => themes.includes(value as Theme);

export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale);

/** The first language of an Accept-Language header that the site speaks; English when none is. */
export function localeFromHeader(header: string | null | undefined): Locale {
  const wanted = (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...rest] = part.trim().split(";");
      const quality = rest.map((item) => /^\s*q=([\d.]+)/.exec(item)?.[1]).find(Boolean);
      return { language: tag.split("-")[0].toLowerCase(), quality: Number(quality ?? 1) };
    })
    .filter((item) => item.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wanted.map((item) => item.language).find(isLocale) ?? "en";
}
