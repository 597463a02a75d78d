import type { ModelSummary } from "@/server/services/models-view";

type Id = ModelSummary["id"];

export interface Branch {
  readonly model: ModelSummary;
  readonly children: readonly Branch[];
}

/**
 * Models under the model that each was made from, oldest first. One whose parent is unknown stands
 * at the root, and a circle in the data is cut at its oldest model, so that none is lost.
 */
export function familyOf(models: readonly ModelSummary[]): Branch[] {
  const oldestFirst = models.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const ids = new Set(models.map((model) => model.id));
  const children = new Map<Id | null, ModelSummary[]>();
  for (const model of oldestFirst) {
    const parent = model.parentId !== null && ids.has(model.parentId) ? model.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), model]);
  }
  const placed = new Set<Id>();
  const branch = (model: ModelSummary): Branch => {
    placed.add(model.id);
    const below = (children.get(model.id) ?? []).filter((child) => !placed.has(child.id));
    return { model, children: below.map(branch) };
  };
  const roots = (children.get(null) ?? []).map(branch);
  for (const model of oldestFirst) if (!placed.has(model.id)) roots.push(branch(model));
  return roots;
}

/** A campaign's models with all that they come from; null = every model. */
export function familyWithin(
  models: readonly ModelSummary[],
  campaignId: ModelSummary["campaignId"],
): ModelSummary[] {
  if (campaignId === null) return [...models];
  const byId = new Map(models.map((model) => [model.id, model]));
  const kept = new Set<Id>();
  const waiting = models.filter((model) => model.campaignId === campaignId).map(({ id }) => id);
  for (let id = waiting.pop(); id; id = waiting.pop()) {
    const model = byId.get(id);
    if (!model || kept.has(id)) continue;
    kept.add(id);
    for (const from of [model.parentId, ...model.rewardModelIds]) if (from) waiting.push(from);
  }
  return models.filter((model) => kept.has(model.id));
}
