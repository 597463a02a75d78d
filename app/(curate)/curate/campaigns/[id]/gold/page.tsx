import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { GoldView } from "./gold-view";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewer("researcher");
  const campaignId = zCampaignId.parse((await params).id);
  return <GoldView campaignId={campaignId} admin={viewer.role === "admin"} />;
}
