import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { listModelRows, modelRow, roundsWith } from "../db/queries/model-view";
import { AppError } from "../domain/app-error";
import { type ModelId, zModelId } from "../domain/ids";
import { modelsOfSource, type RewardSource } from "../domain/reward-source";
import { type Actor, requireRole, type Services } from "./context";
import { absolutePath } from "./folders";

/** Every model that the site knows, newest first; where its weights lie stays with the server. */
export async function listModels(ctx: Services, actor: Actor) {
  requireRole(actor, "researcher");
  return (await listModelRows(ctx.db.read)).map(withJudges);
}

/** With all reward models that its run practised for, in place of what rewarded it in full. */
function withJudges<Row extends { reward: RewardSource | null; rewardModelId: ModelId | null }>({
  reward,
  rewardModelId,
  ...row
}: Row) {
  const one = rewardModelId ? [rewardModelId] : [];
  return { ...row, rewardModelIds: reward ? modelsOfSource(reward) : one };
}
export type ModelSummary = Awaited<ReturnType<typeof listModels>>[number];

export const zModelRef = z.object({ id: zModelId });

/**
 * A model with its line of descent, oldest first, what was made from it, where it served, and its
 * config.json as it is in the folder (null = the folder is gone).
 * @throws AppError not-found
 */
export async function getModel(ctx: Services, actor: Actor, { id }: z.infer<typeof zModelRef>) {
  requireRole(actor, "researcher");
  const row = await modelRow(ctx.db.read, id);
  if (!row) throw new AppError("not-found", "This model does not exist; choose one from the list.");
  const all = (await listModelRows(ctx.db.read)).map(withJudges);
  const { path: stored, ...shown } = withJudges(row);
  const folder = absolutePath(ctx.folders, stored);
  return {
    ...shown,
    folder,
    config: await readConfig(folder),
    ancestors: ancestorsOf(id, all),
    children: all.filter((model) => model.parentId === id).reverse(),
    rounds: await roundsWith(ctx.db.read, id),
  };
}

/** From the first ancestor to the model's parent. A circle in the data ends the walk. */
export function ancestorsOf<M extends { id: ModelId; parentId: ModelId | null }>(
  id: ModelId,
  models: readonly M[],
): M[] {
  const byId = new Map(models.map((model) => [model.id, model]));
  const seen = new Set<ModelId>([id]);
  const line: M[] = [];
  for (let next = byId.get(id)?.parentId; next && !seen.has(next);) {
    seen.add(next);
    const parent = byId.get(next);
    if (!parent) break;
    line.unshift(parent);
    next = parent.parentId;
  }
  return line;
}

async function readConfig(folder: string): Promise<Record<string, unknown> | null> {
  try {
    const text = await readFile(path.join(folder, "config.json"), "utf8").catch(() =>
      readFile(path.join(folder, "member-1", "config.json"), "utf8"),
    );
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return null;
  }
}
