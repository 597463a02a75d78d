import type { Metadata } from "next";
import { ReviewView } from "@/app/(curate)/review/review-view";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";
import { listCampaigns } from "@/server/services/campaigns";
import { services } from "@/server/services/context";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("review.title") };
}

export default async function Page({ searchParams }: SearchProps) {
  const viewer = await requireViewer("admin");
  const campaigns = await listCampaigns(services(), viewer);
  const asked = (await searchParams).campaign;
  const chosen = campaigns.find((row) => row.id === asked);
  return (
    <ReviewView
      key={chosen?.id ?? "all"}
      campaignId={chosen?.id}
      campaigns={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
