import { notFound } from "next/navigation";
import { requireViewer } from "@/app/lib/viewer";
import { AppError } from "@/server/domain/app-error";
import { mayIn } from "@/server/domain/roles";
import { services } from "@/server/services/context";
import { getLabeler, zLabelerRef } from "@/server/services/quality";
import { LabelerView } from "./labeler-view";

interface PageProps {
  params: Promise<{ id: string; labelerId: string }>;
}

export default async function Page({ params }: PageProps) {
  const { id, labelerId } = await params;
  const about = zLabelerRef.parse({ campaignId: id, labelerId });
  const { campaignId } = about;
  const viewer = await requireViewer("researcher", campaignId);
  const initial = await getLabeler(services(), viewer, about).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  });
  return <LabelerView {...about} initial={initial} admin={mayIn(viewer, "admin", campaignId)} />;
}
