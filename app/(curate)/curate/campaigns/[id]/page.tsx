import { zCampaignId } from "@/server/domain/ids";
import { RoundsView } from "./rounds-view";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <RoundsView campaignId={zCampaignId.parse((await params).id)} />;
}
