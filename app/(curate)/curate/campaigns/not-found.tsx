import { getT } from "@/app/lib/i18n/server";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";

/** A campaign's address that leads to none. */
export default async function NotFound() {
  const t = await getT();
  return (
    <EmptyState
      title={t("campaign.missing.title")}
      action={<ButtonLink href="/curate/campaigns">{t("campaigns.title")}</ButtonLink>}
    >
      {t("campaign.missing")}
    </EmptyState>
  );
}
