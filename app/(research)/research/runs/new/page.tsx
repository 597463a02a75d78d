import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { PageHeader } from "@/app/ui/page-header";
import { AppError } from "@/server/domain/app-error";
import { zRunId } from "@/server/domain/ids";
import { listCampaigns } from "@/server/services/campaigns";
import { type Actor, services } from "@/server/services/context";
import { listModels } from "@/server/services/models-view";
import { listDropIns } from "@/server/services/drop-ins";
import { getRun } from "@/server/services/runs-view";
import { listSnapshots } from "@/server/services/snapshots";
import { trainingOptions } from "@/server/services/training-options";
import { cloneOf, runFrom } from "./initial-run";
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
  const [campaigns, models, snapshots, options, dropIns] = await Promise.all([
    listCampaigns(ctx, viewer),
    listModels(ctx, viewer),
    listSnapshots(ctx, viewer),
    trainingOptions(ctx),
    listDropIns(ctx, viewer),
  ]);
  const { model, snapshot, from } = await searchParams;
  const cloned = typeof from === "string" ? await runToClone(viewer, from) : null;
  return (
    <>
      <PageHeader
        parent={{ href: "/research/runs", label: t("runs.title") }}
        title={t("runs.new")}
        state={t(cloned ? "runs.cloneState" : "runs.newState")}
      />
      <RunForm
        campaigns={campaigns}
        models={models}
        snapshots={snapshots}
        options={options}
        dropIns={dropIns}
        initial={
          cloned
            ? cloneOf(cloned, options)
            : runFrom(
                models.find((one) => one.id === model),
                typeof snapshot === "string" ? snapshot : "",
              )
        }
      />
    </>
  );
}

async function runToClone(viewer: Actor, from: string) {
  const id = zRunId.safeParse(from);
  if (!id.success) notFound();
  return await getRun(services(), viewer, { id: id.data }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  });
}
