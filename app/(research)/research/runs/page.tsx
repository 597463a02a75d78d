import type { Metadata } from "next";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { ButtonLink } from "@/app/ui/button";
import { PageHeader } from "@/app/ui/page-header";
import { services } from "@/server/services/context";
import { listRuns } from "@/server/services/runs-view";
import { RunList } from "./run-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getT())("runs.title"),
});

export default async function RunsPage() {
  const viewer = await requireViewer("researcher");
  const t = await getT();
  const runs = await listRuns(services(), viewer);
  const live = runs.filter((run) => run.status === "running").length;
  return (
    <>
      <PageHeader
        title={t("runs.title")}
        state={runs.length === 0 ? null : t("runs.state", { count: runs.length, live })}
        action={
          <ButtonLink href="/research/runs/new" look="primary">
            {t("runs.start")}
          </ButtonLink>
        }
      />
      <RunList initial={runs} />
    </>
  );
}
