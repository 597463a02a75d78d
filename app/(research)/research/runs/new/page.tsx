import type { Metadata } from "next";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { PageHeader } from "@/app/ui/page-header";
import { listCampaigns } from "@/server/services/campaigns";
import { services } from "@/server/services/context";
import { listModels } from "@/server/services/models-view";
import { listSnapshots } from "@/server/services/snapshots";
import { trainingOptions } from "@/server/services/training-options";
import { RunForm } from "./run-form";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getT())("runs.new"),
});

export default async function NewRunPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const viewer = await requireViewer("researcher");
  const t = await getT();
  const ctx = services();
  const [campaigns, models, snapshots, options] = await Promise.all([
    listCampaigns(ctx, viewer),
    listModels(ctx, viewer),
    listSnapshots(ctx, viewer),
    trainingOptions(ctx),
  ]);
  const { model, snapshot } = await searchParams;
  return (
    <>
      <PageHeader
        parent={{ href: "/research/runs", label: t("runs.title") }}
        title={t("runs.new")}
        state={t("runs.newState")}
      />
      <RunForm
        campaigns={campaigns}
        models={models}
        snapshots={snapshots}
        options={options}
        chosen={{
          model: typeof model === "string" ? model : "",
          snapshot: typeof snapshot === "string" ? snapshot : "",
        }}
      />
    </>
  );
}
