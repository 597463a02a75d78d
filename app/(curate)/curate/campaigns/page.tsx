import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { PageHeader } from "@/app/ui/page-header";
import { listCampaigns } from "@/server/services/campaigns";
import { services } from "@/server/services/context";
import { CampaignList } from "./campaign-list";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("campaigns.title") };
}

export default async function Page() {
  const t = await getT();
  const viewer = await requireViewer("researcher", "any");
  const admin = viewer.role === "admin";
  const campaigns = await listCampaigns(services(), viewer);
  const create = (
    <ButtonLink
      look="primary"
      href="/curate/campaigns/new"
      icon={<Plus aria-hidden className="size-4" />}
    >
      {t("campaigns.new")}
    </ButtonLink>
  );
  if (campaigns.length === 0) {
    return (
      <>
        <PageHeader title={t("campaigns.title")} />
        <EmptyState title={t("campaigns.empty.title")} action={admin && create}>
          {t(admin ? "campaigns.empty" : "campaigns.empty.researcher")}
        </EmptyState>
      </>
    );
  }
  const open = campaigns.filter((row) => row.status === "open").length;
  return (
    <>
      <PageHeader
        title={t("campaigns.title")}
        state={t("campaigns.state", { open, count: campaigns.length })}
        action={admin && create}
      />
      <CampaignList initial={campaigns} />
    </>
  );
}
