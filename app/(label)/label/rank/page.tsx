import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { yetToEnter } from "@/server/services/entry";
import { labelingProgress, nextTask } from "@/server/services/labeling";
import { ownPay } from "@/server/services/own-pay";
import { RankingDesk } from "./ranking-desk";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("nav.ranking") };
}

export default async function Page({ searchParams }: SearchProps) {
  const viewer = await requireViewer("labeler", "any");
  const asked = zCampaignId.safeParse((await searchParams).campaign);
  const campaignId = asked.success ? asked.data : undefined;
  const task = await nextTask(services(), viewer, { campaignId });
  if (!task && campaignId) {
    // nothing comes before what the campaign asks first is answered
    const ahead = await yetToEnter(services(), viewer);
    if (ahead.some((row) => row.campaignId === campaignId))
      redirect(`/label/enter?campaign=${campaignId}`);
  }
  return (
    <RankingDesk
      key={campaignId}
      userId={viewer.id}
      campaignId={campaignId}
      initialTask={task}
      initialProgress={await labelingProgress(services(), viewer)}
      initialPay={await ownPay(services(), viewer)}
    />
  );
}
