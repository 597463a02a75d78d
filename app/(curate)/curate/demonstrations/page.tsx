import type { Metadata } from "next";
import { ReviewView } from "@/app/(curate)/review/review-view";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";
import { mayActAs } from "@/server/domain/roles";
import { listCampaigns } from "@/server/services/campaigns";
import { services } from "@/server/services/context";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("review.title") };
}

export default async function Page({ searchParams }: SearchProps) {
  const viewer = await requireViewer("reviewer", "any");
  const campaigns = await listCampaigns(services(), viewer);
  const asked = (await searchParams).campaign;
  // who reviews in single campaigns sees one of them, not all at once
  const first = mayActAs(viewer.role, "reviewer") ? undefined : campaigns[0];
  const chosen = campaigns.find((row) => row.id === asked) ?? first;
  return (
    <ReviewView
      key={chosen?.id ?? "all"}
      campaignId={chosen?.id}
      campaigns={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
