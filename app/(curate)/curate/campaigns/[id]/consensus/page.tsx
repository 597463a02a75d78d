import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { ConsensusView } from "./consensus-view";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewer("researcher");
  const campaignId = zCampaignId.parse((await params).id);
  return <ConsensusView campaignId={campaignId} admin={viewer.role === "admin"} />;
}
