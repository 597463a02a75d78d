import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { AppError } from "@/server/domain/app-error";
import { zRunId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { getRun, runMetrics, runSamples } from "@/server/services/runs-view";
import { trainingOptions } from "@/server/services/training-options";
import { kindKeys } from "../run-words";
import { RunView } from "./run-view";

interface Props {
  params: Promise<{ id: string }>;
}

async function load(params: Props["params"]) {
  const viewer = await requireViewer("researcher");
  const id = zRunId.safeParse((await params).id);
  if (!id.success) notFound();
  const run = await getRun(services(), viewer, { id: id.data }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  });
  return { viewer, run };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ run }, t] = await Promise.all([load(params), getT()]);
  return { title: `${t(kindKeys[run.kind])} ${run.id.slice(0, 6)}` };
}

export default async function RunPage({ params }: Props) {
  const { viewer, run } = await load(params);
  const ctx = services();
  const [metrics, samples, options] = await Promise.all([
    runMetrics(ctx, viewer, { id: run.id, after: -1 }),
    runSamples(ctx, viewer, { id: run.id }),
    trainingOptions(ctx),
  ]);
  return (
    <RunView
      initial={{ run, metrics, samples }}
      options={options?.trainers[run.kind].options ?? []}
    />
  );
}
