import type { ReactNode } from "react";
import { getT } from "../lib/i18n/server";
import { LanguageSwitch } from "./preferences";

/** A page to read in peace, with nothing of the rest of the site. */
export async function QuietPage({ children }: { children: ReactNode }) {
  const t = await getT();
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-[75ch] flex-col px-4 py-6">
      <header className="font-semibold">{t("product.name")}</header>
      <main className="my-auto py-10">{children}</main>
      <footer>
        <LanguageSwitch />
      </footer>
    </div>
  );
}
