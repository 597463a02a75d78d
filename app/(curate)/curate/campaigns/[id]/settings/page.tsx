import { SettingsForm } from "@/app/(curate)/campaign-form/settings-form";
import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { mayIn } from "@/server/domain/roles";
import { getCampaign } from "@/server/services/campaigns";
import { services } from "@/server/services/context";
import { GuidelineHistory } from "../guidelines/guideline-history";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewer("researcher", "any");
  const campaignId = zCampaignId.parse((await params).id);
  const detail = await getCampaign(services(), viewer, { campaignId });
  return (
    <>
      <SettingsForm detail={detail} admin={mayIn(viewer, "admin", campaignId)} />
      <GuidelineHistory campaignId={campaignId} />
    </>
  );
}
