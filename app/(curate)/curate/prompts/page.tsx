import type { Metadata } from "next";
import { CampaignSelect } from "@/app/(curate)/campaign-select";
import { PromptsView } from "@/app/(curate)/prompts/prompts-view";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { PageHeader } from "@/app/ui/page-header";
import { listCampaigns } from "@/server/services/campaigns";
import { services } from "@/server/services/context";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("prompts.title") };
}

export default async function Page({ searchParams }: SearchProps) {
  const t = await getT();
  const viewer = await requireViewer("admin");
  const campaigns = await listCampaigns(services(), viewer);
  const asked = (await searchParams).campaign;
  const chosen =
    campaigns.find((row) => row.id === asked) ??
    campaigns.find((row) => row.status === "open") ??
    campaigns[0];
  if (!chosen) {
    return (
      <>
        <PageHeader title={t("prompts.title")} />
        <EmptyState
          title={t("prompts.empty.title")}
          action={
            <ButtonLink look="primary" href="/curate/campaigns/new">
              {t("next.createCampaign")}
            </ButtonLink>
          }
        >
          {t("prompts.noCampaign")}
        </EmptyState>
      </>
    );
  }
  const options = campaigns.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <PageHeader
        title={t("prompts.title")}
        action={<CampaignSelect path="/curate/prompts" value={chosen.id} options={options} />}
      />
      <PromptsView key={chosen.id} campaignId={chosen.id} admin />
    </>
  );
}
