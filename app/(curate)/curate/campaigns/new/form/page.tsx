import type { Metadata } from "next";
import { NewCampaignForm } from "@/app/(curate)/campaign-form/new-form";
import { offeredPolicies } from "@/app/(curate)/campaign-form/offered-policies";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
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
        parent={{ href: "/curate/campaigns/new", label: t("wizard.steps") }}
        title={t("form.new.title")}
        state={t("form.new.state")}
      />
      <NewCampaignForm policies={policies} chosen={chosen} />
    </>
  );
}
