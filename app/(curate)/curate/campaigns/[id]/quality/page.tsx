import { zCampaignId } from "@/server/domain/ids";
import { QualityView } from "./quality-view";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <QualityView campaignId={zCampaignId.parse((await params).id)} />;
}
