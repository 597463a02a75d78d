import { MembersView } from "@/app/(curate)/members/members-view";
import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const campaignId = zCampaignId.parse((await params).id);
  await requireViewer("admin", campaignId);
  return <MembersView campaignId={campaignId} />;
}
