import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { PageHeader } from "@/app/ui/page-header";
import { AppError } from "@/server/domain/app-error";
import { mostCompared } from "@/server/domain/compared-runs";
import { services } from "@/server/services/context";
import { compareRuns, zCompareRuns } from "@/server/services/runs-compare";
import { trainingOptions } from "@/server/services/training-options";
import { CompareView } from "./compare-view";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getT())("compare.title"),
});

interface Props {
  /** `run`, once for each run. */
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function CompareRunsPage({ searchParams }: Props) {
  const viewer = await requireViewer("researcher");
  const t = await getT();
  const ids = [...new Set([(await searchParams).run ?? []].flat())];
  const asked = zCompareRuns.safeParse({ ids });
  const header = (
    <PageHeader
      parent={{ href: "/research/runs", label: t("runs.title") }}
      title={t("compare.title")}
      state={asked.success ? t("compare.state", { count: ids.length }) : null}
    />
  );
  if (!asked.success)
    return (
      <>
        {header}
        <EmptyState
          title={t("compare.empty.title", { most: mostCompared })}
          action={<ButtonLink href="/research/runs">{t("compare.choose")}</ButtonLink>}
        >
          <p>{t("compare.empty.text")}</p>
        </EmptyState>
      </>
    );
  const ctx = services();
  const [compared, options] = await Promise.all([
    compareRuns(ctx, viewer, asked.data).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "not-found") notFound();
      throw error;
    }),
    trainingOptions(ctx),
  ]);
  return (
    <>
      {header}
      <CompareView initial={compared} options={options} />
    </>
  );
}
