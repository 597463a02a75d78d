import type { ReactNode } from "react";
import { getT } from "../lib/i18n/server";
import { getTheme } from "../lib/theme";
import { LanguageSwitch, ThemeSwitch } from "../ui/preferences";

/** The door: nothing but the form, and how the site shall look. */
export default async function Layout({ children }: { children: ReactNode }) {
  const t = await getT();
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-sm flex-col px-4 py-6">
      <header className="font-semibold">{t("product.name")}</header>
      <main className="my-auto py-10">{children}</main>
      <footer className="flex flex-wrap gap-x-6 gap-y-3">
        <LanguageSwitch />
        <ThemeSwitch theme={await getTheme()} />
      </footer>
    </div>
  );
}
