import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { mayIn } from "@/server/domain/roles";
import { services } from "@/server/services/context";
import { getEntrySettings } from "@/server/services/entry";
import { EntryForm } from "./entry-form";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewer("researcher", "any");
  const campaignId = zCampaignId.parse((await params).id);
  const settings = await getEntrySettings(services(), viewer, { campaignId });
  return (
    <EntryForm
      campaignId={campaignId}
      settings={settings}
      admin={mayIn(viewer, "admin", campaignId)}
    />
  );
}
