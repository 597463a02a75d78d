import { zCampaignId } from "@/server/domain/ids";
import { CompletionsView } from "./completions-view";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <CompletionsView campaignId={zCampaignId.parse((await params).id)} />;
}
