import { zCampaignId } from "@/server/domain/ids";
import { RankingsView } from "./rankings-view";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <RankingsView campaignId={zCampaignId.parse((await params).id)} />;
}
