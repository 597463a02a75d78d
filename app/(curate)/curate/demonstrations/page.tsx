import type { Metadata } from "next";
import { chosenCampaign } from "@/app/(curate)/chosen-campaign";
import { ReviewView } from "@/app/(curate)/review/review-view";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("review.title") };
}

export default async function Page({ searchParams }: SearchProps) {
  const viewer = await requireViewer("reviewer", "any");
  const { campaign } = await searchParams;
  const { chosen, options, everywhere } = await chosenCampaign(viewer, "reviewer", campaign);
  return (
    <ReviewView
      key={chosen?.id ?? "all"}
      campaignId={chosen?.id}
      campaigns={options}
      everywhere={everywhere}
    />
  );
}
