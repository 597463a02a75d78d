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

interface Props {
  searchParams: Promise<{ policy?: string | string[] }>;
}

export default async function Page({ searchParams }: Props) {
  const t = await getT();
  const viewer = await requireViewer("admin");
  const policies = await listPolicies(services(), viewer);
  // a model's own page leads here with that model
  const wanted = (await searchParams).policy;
  const policy = policies.find(({ id }) => id === wanted);
  return (
    <>
      <PageHeader
        parent={{ href: "/curate/campaigns/new", label: t("wizard.steps") }}
        title={t("form.new.title")}
        state={t("form.new.state")}
      />
      <NewCampaignForm policies={policies} chosen={policy?.id} />
    </>
  );
}
