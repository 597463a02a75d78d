export { type Locale, localeCookie, locales } from "@/server/domain/locale";

export const themeCookie = "theme";
/** "contrast" is high contrast, light or dark as the system is. */
export const themes = ["system", "light", "dark", "contrast"] as const;
export type Theme = (typeof themes)[number];

export const isTheme = (value: unknown): value is Theme => themes.includes(value as Theme);
