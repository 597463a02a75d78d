import type { Metadata } from "next";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { EmptyState } from "@/app/ui/empty-state";
import { PageHeader } from "@/app/ui/page-header";
import { services } from "@/server/services/context";
import { listSnapshots, snapshotChoices } from "@/server/services/snapshots";
import { FreezeRankings } from "./freeze-rankings";
import { SnapshotTable } from "./snapshot-table";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getT())("snapshots.title"),
});

export default async function SnapshotsPage() {
  const viewer = await requireViewer("researcher");
  const t = await getT();
  const [snapshots, choices] = await Promise.all([
    listSnapshots(services(), viewer),
    snapshotChoices(services(), viewer),
  ]);
  const state = snapshots.length === 0 ? null : t("snapshots.state", { count: snapshots.length });
  return (
    <>
      <PageHeader
        title={t("snapshots.title")}
        state={state}
        action={<FreezeRankings choices={choices} />}
      />
      {snapshots.length === 0 ? (
        <EmptyState title={t("snapshots.empty.title")}>
          <p>{t("snapshots.empty.text")}</p>
        </EmptyState>
      ) : (
        <SnapshotTable snapshots={snapshots} />
      )}
    </>
  );
}
