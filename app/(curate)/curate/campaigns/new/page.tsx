import type { Metadata } from "next";
import { NewCampaignForm } from "@/app/(curate)/campaign-form/new-form";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { PageHeader } from "@/app/ui/page-header";
import { listPolicies } from "@/server/services/campaigns";
import { services } from "@/server/services/context";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("form.new.title") };
}

export default async function Page() {
  const t = await getT();
  const viewer = await requireViewer("admin");
  const policies = await listPolicies(services(), viewer);
  return (
    <>
      <PageHeader
        parent={{ href: "/curate/campaigns", label: t("campaigns.title") }}
        title={t("form.new.title")}
        state={t("form.new.state")}
      />
      <NewCampaignForm policies={policies} />
    </>
  );
}
