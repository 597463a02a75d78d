import { PromptsView } from "@/app/(curate)/prompts/prompts-view";
import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewer("researcher");
  const campaignId = zCampaignId.parse((await params).id);
  return <PromptsView campaignId={campaignId} admin={viewer.role === "admin"} />;
}
