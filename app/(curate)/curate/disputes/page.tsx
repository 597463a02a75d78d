import type { Metadata } from "next";
import { CampaignSelect } from "@/app/(curate)/campaign-select";
import { chosenCampaign } from "@/app/(curate)/chosen-campaign";
import { ConsensusView } from "@/app/(curate)/curate/campaigns/[id]/consensus/consensus-view";
import { Reviews } from "./reviews";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";
import { Link } from "@/app/ui/link";
import { PageHeader } from "@/app/ui/page-header";
import { zUserId } from "@/server/domain/ids";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("disputes.title") };
}

/** Rankings that wait for a reviewer's word, of one campaign or of all. */
export default async function Page({ searchParams }: SearchProps) {
  const viewer = await requireViewer("reviewer", "any");
  const t = await getT();
  const { campaign, labeler } = await searchParams;
  const labelerId = zUserId.safeParse(labeler);
  const { chosen, options, everywhere } = await chosenCampaign(viewer, "reviewer", campaign);
  return (
    <>
      <PageHeader
        title={t("disputes.title")}
        state={t("disputes.state")}
        action={
          options.length > 1 && (
            <CampaignSelect
              path="/curate/disputes"
              value={chosen?.id ?? ""}
              options={options}
              all={everywhere ? t("review.campaign.all") : undefined}
            />
          )
        }
      />
      {labelerId.success ? (
        <p className="mb-4 text-sm">
          <Link href={chosen ? `/curate/disputes?campaign=${chosen.id}` : "/curate/disputes"}>
            {t("disputes.back")}
          </Link>
        </p>
      ) : (
        <Reviews key={`reviews ${chosen?.id}`} campaignId={chosen?.id} />
      )}
      <ConsensusView
        key={`${chosen?.id} ${labelerId.data}`}
        campaignId={chosen?.id}
        labelerId={labelerId.data}
      />
    </>
  );
}
