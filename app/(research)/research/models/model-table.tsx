import { getLocale, getT } from "@/app/lib/i18n/server";
import { Link } from "@/app/ui/link";
import { RelativeTime } from "@/app/ui/relative-time";
import { type Column, Table } from "@/app/ui/table";
import { Tag } from "@/app/ui/tag";
import type { ModelSummary } from "@/server/services/models-view";
import { kindKeys } from "../runs/run-words";
import { modelKindKeys, parametersText, sourceKeys } from "./model-words";

const nameCell = (row: ModelSummary) => (
  <>
    <Link href={`/research/models/${row.id}`}>{row.name}</Link>{" "}
    <code className="text-muted">{row.hash.slice(0, 8)}</code>
  </>
);
const kindCell = (row: ModelSummary) => <ModelKind kind={row.kind} />;
const originCell = (row: ModelSummary) => <Origin model={row} />;
const createdCell = (row: ModelSummary) => <RelativeTime at={row.createdAt} />;

export async function ModelKind({ kind }: { kind: ModelSummary["kind"] }) {
  const t = await getT();
  return <Tag station={kind}>{t(modelKindKeys[kind])}</Tag>;
}

/** Where a model came from: the run that made it, or the folder that it was put in. */
export async function Origin({ model }: { model: ModelSummary }) {
  const t = await getT();
  if (model.runId === null || model.runKind === null) return t(sourceKeys[model.source]);
  return (
    <>
      <Link href={`/research/runs/${model.runId}`}>{t(kindKeys[model.runKind])}</Link>
      {model.campaignName ? <span className="text-muted"> {model.campaignName}</span> : null}
    </>
  );
}

export async function ModelTable({ models }: { models: readonly ModelSummary[] }) {
  const t = await getT();
  const locale = await getLocale();
  const exact = (row: ModelSummary) =>
    row.exact === null
      ? "–"
      : row.exact.toLocaleString(locale, { style: "percent", maximumFractionDigits: 1 });
  const columns: Column<ModelSummary>[] = [
    { key: "name", header: t("models.name"), rowHeader: true, cell: nameCell, className: "min-w-40" },
    { key: "kind", header: t("models.kind"), cell: kindCell },
    {
      key: "parameters",
      header: t("models.parameters"),
      align: "end",
      cell: (row) => parametersText(row.parameters, locale),
    },
    { key: "origin", header: t("models.origin"), cell: originCell, className: "min-w-40" },
    { key: "exact", header: t("models.exact"), align: "end", cell: exact },
    { key: "created", header: t("models.created"), cell: createdCell, className: "min-w-28" },
  ];
  return (
    <Table caption={t("models.title")} columns={columns} rows={models} rowKey={(row) => row.id} />
  );
}
