import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";
import { AppError } from "@/server/domain/app-error";
import { zCampaignId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { getEntry } from "@/server/services/entry";
import { EnterView } from "./enter-view";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("enter.title") };
}

/** What a campaign asks before it gives tasks. */
export default async function Page({ searchParams }: SearchProps) {
  const viewer = await requireViewer("labeler", "any");
  const campaignId = zCampaignId.safeParse((await searchParams).campaign);
  if (!campaignId.success) redirect("/label");
  const found = await getEntry(services(), viewer, { campaignId: campaignId.data }).catch(
    (error: unknown) => {
      if (error instanceof AppError) return null;
      throw error;
    },
  );
  if (!found) redirect("/label"); // closed since, or somebody else's
  return <EnterView initial={found} />;
}
