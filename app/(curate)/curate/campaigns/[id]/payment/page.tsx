import { PaymentView } from "@/app/(curate)/payment/payment-view";
import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const campaignId = zCampaignId.parse((await params).id);
  await requireViewer("admin", campaignId);
  return <PaymentView campaignId={campaignId} />;
}
