"use client";

import type { Theme } from "../lib/i18n/locale";
import { useKeepLocale } from "../lib/use-keep-locale";
import { LanguageSwitch, ThemeSwitch } from "../ui/preferences";

/** Language, kept with the person, and theme, kept on the device. */
export function Appearance({ theme }: { theme: Theme }) {
  const keepLocale = useKeepLocale();
  return (
    <div className="flex flex-wrap gap-6">
      <LanguageSwitch onChange={keepLocale} />
      <ThemeSwitch theme={theme} />
    </div>
  );
}
