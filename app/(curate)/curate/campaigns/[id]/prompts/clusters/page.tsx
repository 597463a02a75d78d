import { ClustersView } from "@/app/(curate)/prompts/clusters-view";
import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { mayIn } from "@/server/domain/roles";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewer("researcher", "any");
  const campaignId = zCampaignId.parse((await params).id);
  return <ClustersView campaignId={campaignId} admin={mayIn(viewer, "admin", campaignId)} />;
}
