import type { Metadata } from "next";
import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { getCampaign } from "@/server/services/campaigns";
import { services } from "@/server/services/context";
import { RoundsView } from "./rounds-view";

interface PageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const viewer = await requireViewer("researcher");
  const campaignId = zCampaignId.parse((await params).id);
  const found = await getCampaign(services(), viewer, { campaignId }).catch(() => null);
  return { title: found?.campaign.name };
}

export default async function Page({ params }: PageProps) {
  return <RoundsView campaignId={zCampaignId.parse((await params).id)} />;
}
