import type { Metadata } from "next";
import NextLink from "next/link";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { cx } from "@/app/ui/class-names";
import { EmptyState } from "@/app/ui/empty-state";
import { PageHeader, Section } from "@/app/ui/page-header";
import { services } from "@/server/services/context";
import { listModels, type ModelSummary } from "@/server/services/models-view";
import { familyWithin } from "./family";
import { FamilyList } from "./family-list";
import { TreeDrawing } from "./tree-drawing";
import { layoutOf } from "./tree-layout";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getT())("tree.title"),
});

interface Props {
  searchParams: Promise<{ campaign?: string | string[] }>;
}

export default async function TreePage({ searchParams }: Props) {
  const viewer = await requireViewer("researcher");
  const t = await getT();
  const all = await listModels(services(), viewer);
  const { campaign } = await searchParams;
  const chosen = all.find((model) => model.campaignId === campaign)?.campaignId ?? null;
  const models = familyWithin(all, chosen);
  return (
    <>
      <PageHeader
        parent={{ href: "/research/models", label: t("models.title") }}
        title={t("tree.title")}
        state={models.length > 0 && t("tree.state", { count: models.length })}
      />
      {models.length === 0 ? (
        <EmptyState title={t("tree.empty.title")}>{t("tree.empty")}</EmptyState>
      ) : (
        <>
          <CampaignChoice models={all} chosen={chosen} />
          <TreeDrawing layout={layoutOf(models)} />
          <p className="mt-3 text-sm text-muted">{t("tree.dashed")}</p>
          <Section title={t("tree.list")} state={t("tree.list.state")}>
            <FamilyList models={models} />
          </Section>
        </>
      )}
    </>
  );
}

/** Whose models are shown; nothing to choose where one campaign made them all. */
async function CampaignChoice(props: {
  models: readonly ModelSummary[];
  chosen: ModelSummary["campaignId"];
}) {
  const t = await getT();
  const { models, chosen } = props;
  const names = new Map(
    models.flatMap((model) =>
      model.campaignId ? [[model.campaignId, model.campaignName ?? "–"] as const] : [],
    ),
  );
  if (names.size < 2) return null;
  const choices = [{ id: null, name: t("tree.all") }, ...[...names].map(([id, name]) => ({ id, name }))];
  return (
    <nav aria-label={t("tree.campaign")} className="mb-6 flex flex-wrap gap-x-6 gap-y-2 text-sm">
      {choices.map(({ id, name }) => (
        <NextLink
          key={id ?? ""}
          href={id === null ? "/research/models/tree" : `/research/models/tree?campaign=${id}`}
          aria-current={id === chosen ? "page" : undefined}
          className={cx(
            "border-b-2 py-1",
            id === chosen ? "border-accent font-semibold" : "border-transparent text-muted hover:text-ink",
          )}
        >
          {name}
        </NextLink>
      ))}
    </nav>
  );
}
