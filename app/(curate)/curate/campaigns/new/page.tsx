import type { Metadata } from "next";
import { CampaignWizard } from "@/app/(curate)/campaign-form/wizard/wizard";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { ButtonLink } from "@/app/ui/button";
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
        parent={{ href: "/curate/campaigns", label: t("campaigns.title") }}
        title={t("form.new.title")}
        state={t("wizard.state")}
        action={
          <ButtonLink href={`/curate/campaigns/new/form${policy ? `?policy=${policy.id}` : ""}`}>
            {t("wizard.plain")}
          </ButtonLink>
        }
      />
      <CampaignWizard policies={policies} chosen={policy?.id} />
    </>
  );
}
