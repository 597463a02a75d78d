import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";
import { zCampaignId } from "@/server/domain/ids";
import { ConsensusView } from "./consensus-view";
import { zShow } from "./shown-tasks";

interface PageProps extends SearchProps {
  params: Promise<{ id: string }>;
}

export default async function Page({ params, searchParams }: PageProps) {
  const campaignId = zCampaignId.parse((await params).id);
  await requireViewer("researcher", campaignId);
  const show = zShow.safeParse((await searchParams).show);
  return <ConsensusView campaignId={campaignId} show={show.data} />;
}
