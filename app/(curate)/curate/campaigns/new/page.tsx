import type { Metadata } from "next";
import { CampaignWizard } from "@/app/(curate)/campaign-form/wizard/wizard";
import { offeredPolicies } from "@/app/(curate)/campaign-form/offered-policies";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { ButtonLink } from "@/app/ui/button";
import { PageHeader } from "@/app/ui/page-header";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("form.new.title") };
}

export default async function Page(props: SearchProps) {
  const t = await getT();
  const { policies, chosen } = await offeredPolicies(props);
  return (
    <>
      <PageHeader
        parent={{ href: "/curate/campaigns", label: t("campaigns.title") }}
        title={t("form.new.title")}
        state={t("wizard.state")}
        action={
          <ButtonLink href={`/curate/campaigns/new/form${chosen ? `?policy=${chosen}` : ""}`}>
            {t("wizard.plain")}
          </ButtonLink>
        }
      />
      <CampaignWizard policies={policies} chosen={chosen} />
    </>
  );
}
