import { getT } from "./lib/i18n/server";
import { ButtonLink } from "./ui/button";
import { EmptyState } from "./ui/empty-state";

export default async function NotFound() {
  const t = await getT();
  return (
    <main className="px-4 sm:px-8">
      <title>{t("error.notFound.title")}</title>
      <EmptyState
        title={<h1>{t("error.notFound.title")}</h1>}
        action={<ButtonLink href="/">{t("error.notFound.home")}</ButtonLink>}
      >
        {t("error.notFound.text")}
      </EmptyState>
    </main>
  );
}
