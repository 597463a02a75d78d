import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { PageHeader, Section } from "@/app/ui/page-header";
import { type Column, Table } from "@/app/ui/table";
import { AppError } from "@/server/domain/app-error";
import { zModelId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { getModel } from "@/server/services/models-view";
import { modelKindKeys, parametersText } from "../model-words";
import { ModelFacts } from "./model-facts";
import { ModelLine } from "./model-line";

interface Props {
  params: Promise<{ id: string }>;
}

async function load(params: Props["params"]) {
  const viewer = await requireViewer("researcher");
  const id = zModelId.safeParse((await params).id);
  if (!id.success) notFound();
  const model = await getModel(services(), viewer, { id: id.data }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  });
  return { viewer, model };
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: (await load(params)).model.name,
});

export default async function ModelPage({ params }: Props) {
  const { viewer, model } = await load(params);
  const t = await getT();
  const locale = await getLocale();
  return (
    <>
      <PageHeader
        parent={{ href: "/research/models", label: t("models.title") }}
        title={model.name}
        state={t("models.is", {
          kind: t(modelKindKeys[model.kind]),
          parameters: parametersText(model.parameters, locale),
        })}
        action={
          <>
            <ButtonLink href={`/research/runs/new?model=${model.id}`}>
              {t("models.train")}
            </ButtonLink>
            {model.kind === "policy" && viewer.role === "admin" ? (
              <ButtonLink look="primary" href={`/curate/campaigns/new?policy=${model.id}`}>
                {t("models.campaign")}
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <ModelFacts model={model} />
      <Section title={t("models.line")} state={t("models.lineState")}>
        <ModelLine model={model} />
      </Section>
      <Section title={t("models.config")} state={t("models.configState")}>
        {model.config === null ? (
          <EmptyState title={t("models.configGone.title")}>
            <p>{t("models.configGone.text", { folder: model.folder })}</p>
          </EmptyState>
        ) : (
          <Table
            caption={t("models.config")}
            columns={configColumns(t("runs.option"), t("runs.value"))}
            rows={Object.entries(model.config)}
            rowKey={([name]) => name}
          />
        )}
      </Section>
    </>
  );
}

type Entry = [string, unknown];
const keyCell = ([name]: Entry) => <code>{name}</code>;
const valueCell = ([, value]: Entry) => (
  <code>{typeof value === "string" ? value : JSON.stringify(value)}</code>
);
const configColumns = (name: string, value: string): Column<Entry>[] => [
  { key: "name", header: name, rowHeader: true, cell: keyCell },
  { key: "value", header: value, cell: valueCell },
];
