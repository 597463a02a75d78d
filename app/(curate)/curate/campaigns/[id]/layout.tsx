import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireViewer } from "@/app/lib/viewer";
import { AppError } from "@/server/domain/app-error";
import { zCampaignId } from "@/server/domain/ids";
import { getCampaign } from "@/server/services/campaigns";
import { services } from "@/server/services/context";
import { CampaignHead } from "./campaign-head";

interface LayoutProps {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

/** What stands over every part of a campaign: its state, what to do, what runs. */
export default async function Layout({ params, children }: LayoutProps) {
  const viewer = await requireViewer("researcher");
  const campaignId = zCampaignId.safeParse((await params).id);
  if (!campaignId.success) notFound();
  const initial = await getCampaign(services(), viewer, { campaignId: campaignId.data }).catch(
    (error: unknown) => {
      if (error instanceof AppError && error.code === "not-found") notFound();
      throw error;
    },
  );
  return (
    <>
      <CampaignHead initial={initial} role={viewer.role} />
      {children}
    </>
  );
}
