/** The languages of the site. */
export const locales = ["en", "ko"] as const;
export type Locale = (typeof locales)[number];

export const localeCookie = "locale";

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

/** The language of a request: the one chosen here (cookie), else the person's, else the browser's. */
export function localeOf(asked: {
  cookie: string | undefined;
  person: string | null | undefined;
  header: string | null | undefined;
}): Locale {
  const chosen = [asked.cookie, asked.person].find(isLocale);
  return chosen ?? localeFromHeader(asked.header);
}
