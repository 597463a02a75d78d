import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { mayIn } from "@/server/domain/roles";
import { GoldView } from "./gold-view";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const campaignId = zCampaignId.parse((await params).id);
  const viewer = await requireViewer("researcher", campaignId);
  return <GoldView campaignId={campaignId} admin={mayIn(viewer, "admin", campaignId)} />;
}
