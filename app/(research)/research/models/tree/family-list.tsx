import { getLocale, getT } from "@/app/lib/i18n/server";
import { Link } from "@/app/ui/link";
import { Tag } from "@/app/ui/tag";
import type { ModelSummary } from "@/server/services/models-view";
import { type Branch, familyOf } from "./family";
import { modelKindKeys, sourceKeys } from "../model-words";
import { kindKeys } from "../../runs/run-words";

/** Which model was made from which, and by which run: every step can be read. */
export async function FamilyList({ models }: { models: readonly ModelSummary[] }) {
  const t = await getT();
  const locale = await getLocale();
  const exact = (model: ModelSummary) =>
    model.exact === null
      ? null
      : t("models.exactIs", {
          share: model.exact.toLocaleString(locale, {
            style: "percent",
            maximumFractionDigits: 1,
          }),
        });
  const names = new Map(models.map(({ id, name }) => [id, name]));
  const draw = ({ model, children }: Branch) => (
    <li key={model.id} className="min-w-0">
      <div className="flex flex-wrap items-baseline gap-x-3 py-1">
        <Link href={`/research/models/${model.id}`}>{model.name}</Link>
        <Tag station={model.kind}>{t(modelKindKeys[model.kind])}</Tag>
        <span className="text-sm text-muted">
          {model.runId !== null && model.runKind !== null ? (
            <>
              {t("models.by")}{" "}
              <Link href={`/research/runs/${model.runId}`}>{t(kindKeys[model.runKind])}</Link>
              <RunPlace model={model} names={names} />
            </>
          ) : (
            t(sourceKeys[model.source])
          )}
        </span>
        {model.exact === null ? null : (
          <span className="tabular text-sm text-proof">{exact(model)}</span>
        )}
      </div>
      {children.length === 0 ? null : (
        <ul className="ml-2 border-l border-line pl-5">{children.map(draw)}</ul>
      )}
    </li>
  );
  return <ul>{familyOf(models).map(draw)}</ul>;
}

/** The round in which a run was made, and the reward model that it practised for. */
async function RunPlace(props: { model: ModelSummary; names: ReadonlyMap<string, string> }) {
  const t = await getT();
  const { round, campaignName, rewardModelIds } = props.model;
  const scorer = rewardModelIds.flatMap((id) => props.names.get(id) ?? []).join(", ");
  return (
    <>
      {round !== null && campaignName !== null
        ? `, ${t("tree.roundOf", { round, campaign: campaignName })}`
        : null}
      {scorer ? `, ${t("tree.scoredBy", { name: scorer })}` : null}
    </>
  );
}
