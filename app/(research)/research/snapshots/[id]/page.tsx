import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { Link } from "@/app/ui/link";
import { Markdown } from "@/app/ui/markdown";
import { PageHeader, Section } from "@/app/ui/page-header";
import { RelativeTime } from "@/app/ui/relative-time";
import { AppError } from "@/server/domain/app-error";
import { zSnapshotId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { getSnapshot, previewSnapshot } from "@/server/services/snapshots";
import { Contents } from "./contents";
import { Download } from "./download";
import { RowPreview } from "./row-preview";

interface Props {
  params: Promise<{ id: string }>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getT())("snapshots.one"),
});

export default async function SnapshotPage({ params }: Props) {
  const viewer = await requireViewer("researcher");
  const t = await getT();
  const id = zSnapshotId.safeParse((await params).id);
  if (!id.success) notFound();
  const snapshot = await getSnapshot(services(), viewer, { id: id.data }).catch(orNotFound);
  const rows = await previewSnapshot(services(), viewer, { id: id.data, rows: 3 }).catch(sentence);
  const { counts } = snapshot;
  return (
    <>
      <PageHeader
        parent={{ href: "/research/snapshots", label: t("snapshots.title") }}
        title={snapshot.campaignName}
        state={
          <>
            {t("snapshots.holds", { count: counts.rankings })}{" "}
            {t("snapshots.by", { count: counts.labelers })}{" "}
            {t("snapshots.worth", { count: counts.comparisons })}
            {" · "}
            <RelativeTime at={snapshot.createdAt} />
          </>
        }
      />
      <Contents counts={counts} hash={snapshot.hash} />
      <Section title={t("snapshots.download")} state={t("snapshots.downloadState")}>
        <Download id={snapshot.id} simulated={counts.simulated} heldout={counts.heldout.rankings} />
      </Section>
      <Section title={t("snapshots.preview")} state={t("snapshots.previewState")}>
        {typeof rows === "string" ? <p role="alert">{rows}</p> : <RowPreview rows={rows} />}
      </Section>
      <Section
        title={t("snapshots.card")}
        action={
          <Link href={`/research/snapshots/${snapshot.id}/export?format=card`} prefetch={false}>
            {t("snapshots.cardDownload")}
          </Link>
        }
      >
        {snapshot.card === null ? (
          <p className="text-muted">{t("snapshots.cardGone")}</p>
        ) : (
          <div className="border-l-2 border-line pl-6">
            <h3 className="mb-2 font-semibold">{titleOf(snapshot.card)}</h3>
            <Markdown>{withoutFrontMatter(snapshot.card)}</Markdown>
          </div>
        )}
      </Section>
    </>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof AppError && error.code === "not-found") notFound();
  throw error;
}

/** A lost file is said where its rows would stand; the rest of the page is still true. */
function sentence(error: unknown): string {
  if (error instanceof AppError) return error.message;
  throw error;
}

const titleOf = (card: string): string => /^# (.*)$/m.exec(card)?.[1] ?? "";

/** The card without its front matter and title, which the page shows as its own heading. */
function withoutFrontMatter(card: string): string {
  return card.replace(/^---\n[\s\S]*?\n---\n+# .*\n/, "");
}
