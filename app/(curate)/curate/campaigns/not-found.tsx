import { getT } from "@/app/lib/i18n/server";
import { ButtonLink } from "@/app/ui/button";
import { PageHeader } from "@/app/ui/page-header";

/** A campaign's address that leads to none. */
export default async function NotFound() {
  const t = await getT();
  return (
    <PageHeader
      title={t("campaign.missing.title")}
      state={t("campaign.missing")}
      action={<ButtonLink href="/curate/campaigns">{t("campaigns.title")}</ButtonLink>}
    />
  );
}
