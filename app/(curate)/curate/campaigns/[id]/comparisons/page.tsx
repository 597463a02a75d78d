import { zCampaignId } from "@/server/domain/ids";
import { ComparisonsView } from "./comparisons-view";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ComparisonsView campaignId={zCampaignId.parse((await params).id)} />;
}
