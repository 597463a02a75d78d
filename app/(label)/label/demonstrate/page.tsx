import type { Metadata } from "next";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { demonstrationProgress, nextDemonstration } from "@/server/services/demonstrations";
import { ownPay } from "@/server/services/own-pay";
import { DemonstrationDesk } from "./demonstration-desk";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("nav.demonstration") };
}

export default async function Page({ searchParams }: SearchProps) {
  const viewer = await requireViewer("labeler", "any");
  const asked = zCampaignId.safeParse((await searchParams).campaign);
  const campaignId = asked.success ? asked.data : undefined;
  const task = await nextDemonstration(services(), viewer, { campaignId });
  return (
    <DemonstrationDesk
      campaignId={campaignId}
      initialTask={task}
      initialProgress={await demonstrationProgress(services(), viewer)}
      initialPay={await ownPay(services(), viewer)}
    />
  );
}
