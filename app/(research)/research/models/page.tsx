import type { Metadata } from "next";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { PageHeader, Section } from "@/app/ui/page-header";
import { services } from "@/server/services/context";
import { importState } from "@/server/services/models";
import { listModels } from "@/server/services/models-view";
import { ModelTable } from "./model-table";
import { ScanState } from "./scan-state";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getT())("models.title"),
});

export default async function ModelsPage() {
  const viewer = await requireViewer("researcher");
  const t = await getT();
  const [models, scanned] = await Promise.all([
    listModels(services(), viewer),
    importState(services(), viewer),
  ]);
  const count = (kind: "policy" | "reward") => models.filter((one) => one.kind === kind).length;
  const state =
    models.length === 0
      ? null
      : t("models.state", { policies: count("policy"), rewards: count("reward") });
  return (
    <>
      <PageHeader
        title={t("models.title")}
        state={state}
        action={
          models.length > 0 && (
            <ButtonLink href="/research/models/tree">{t("tree.open")}</ButtonLink>
          )
        }
      />
      {models.length === 0 ? (
        <EmptyState title={t("models.empty.title")}>
          <p>{t("models.empty.text")}</p>
        </EmptyState>
      ) : (
        <ModelTable models={models} />
      )}
      <Section title={t("models.dropIn")} id="drop-in">
        <ScanState initial={scanned} />
      </Section>
    </>
  );
}
