import type { Metadata } from "next";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { showCircle } from "@/server/services/circle";
import { services } from "@/server/services/context";
import { CircleView } from "./circle-view";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("circle.title") };
}

export default async function Page({ searchParams }: SearchProps) {
  const viewer = await requireViewer("researcher");
  const asked = zCampaignId.safeParse((await searchParams).campaign);
  const campaignId = asked.success ? asked.data : undefined;
  const initial = await showCircle(services(), viewer, { campaignId });
  return <CircleView role={viewer.role} campaignId={campaignId} initial={initial} />;
}
