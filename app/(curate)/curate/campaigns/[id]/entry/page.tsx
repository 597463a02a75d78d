import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { mayIn } from "@/server/domain/roles";
import { services } from "@/server/services/context";
import { getEntrySettings } from "@/server/services/entry";
import { CampaignConsent } from "./campaign-consent";
import { EntryForm } from "./entry-form";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewer("researcher", "any");
  const campaignId = zCampaignId.parse((await params).id);
  const settings = await getEntrySettings(services(), viewer, { campaignId });
  const admin = mayIn(viewer, "admin", campaignId);
  return (
    <>
      <CampaignConsent {...{ campaignId, admin }} />
      <div className="mt-12">
        <EntryForm {...{ campaignId, settings, admin }} />
      </div>
    </>
  );
}
