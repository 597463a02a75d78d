import { notFound } from "next/navigation";
import { ImportView } from "@/app/(curate)/prompts/import-view";
import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { mayIn } from "@/server/domain/roles";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewer("researcher", "any");
  const campaignId = zCampaignId.parse((await params).id);
  if (!mayIn(viewer, "admin", campaignId)) notFound();
  return <ImportView campaignId={campaignId} />;
}
