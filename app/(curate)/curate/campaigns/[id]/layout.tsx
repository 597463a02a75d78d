import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache, type ReactNode } from "react";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { roleIn } from "@/server/domain/roles";
import { AppError } from "@/server/domain/app-error";
import { zCampaignId } from "@/server/domain/ids";
import { getCampaign } from "@/server/services/campaigns";
import { services } from "@/server/services/context";
import { CampaignHead } from "./campaign-head";

interface LayoutProps {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

/** The campaign of the address, or null when it leads to none. */
const campaignOf = cache(async (id: string) => {
  const viewer = await requireViewer("researcher", "any");
  const campaignId = zCampaignId.safeParse(id);
  if (!campaignId.success) return null;
  return await getCampaign(services(), viewer, { campaignId: campaignId.data }).catch(
    (error: unknown) => {
      if (error instanceof AppError && (error.code === "not-found" || error.code === "forbidden"))
        return null;
      throw error;
    },
  );
});

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  const found = await campaignOf((await params).id);
  return { title: found?.campaign.name ?? (await getT())("campaign.missing.title") };
}

/** What stands over every part of a campaign: its state, what to do, what runs. */
export default async function Layout({ params, children }: LayoutProps) {
  const viewer = await requireViewer("researcher", "any");
  const initial = await campaignOf((await params).id);
  if (!initial) notFound();
  return (
    <>
      <CampaignHead
        initial={initial}
        role={roleIn(viewer, initial.campaign.id)}
        mayCopy={viewer.role === "admin"}
      />
      {children}
    </>
  );
}
