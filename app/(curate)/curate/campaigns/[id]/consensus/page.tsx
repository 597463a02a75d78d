import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { zShownTasks } from "@/server/domain/shown-tasks";
import { ConsensusView } from "./consensus-view";

interface PageProps extends SearchProps {
  params: Promise<{ id: string }>;
}

export default async function Page({ params, searchParams }: PageProps) {
  const campaignId = zCampaignId.parse((await params).id);
  await requireViewer("researcher", campaignId);
  const show = zShownTasks.safeParse((await searchParams).show);
  return <ConsensusView campaignId={campaignId} show={show.data} />;
}
