import { createHash } from "node:crypto";
import path from "node:path";
import type { ModelId } from "../domain/ids";
import { architectureOf } from "../ml/checkpoint/config-write";
import { loadModel, type LoadedModel } from "../ml/checkpoint/load-model";
import { memberFolder, memberFolders } from "../ml/checkpoint/member-folders";
import { saveModel } from "../ml/checkpoint/save-model";
import { parameterCount } from "../ml/nn/model";
import type { TextModel } from "../ml/rlhf/data";
import type { Services } from "../services/context";
import { endRun, modelOf, type ModelRow, type RunRow } from "../services/run-record";

export interface KnownModel extends LoadedModel {
  readonly row: ModelRow;
}

/** The weights of a model that the site knows, of an ensemble its first. @throws AppError not-found when its folder is gone */
export async function openModel(ctx: Services, id: ModelId | null): Promise<KnownModel> {
  const row = await modelOf(ctx, id);
  const [folder] = await memberFolders(row.path);
  return { ...(await loadModel(folder)), row };
}

/** All members of an ensemble; a model that is none is its own only one. */
export async function openMembers(ctx: Services, id: ModelId | null): Promise<KnownModel[]> {
  const row = await modelOf(ctx, id);
  const members: KnownModel[] = [];
  for (const folder of await memberFolders(row.path))
    members.push({ ...(await loadModel(folder)), row });
  return members;
}

interface Made {
  readonly name: string;
  readonly parent: ModelRow | null;
  /** How it was made, for the model card (Markdown). */
  readonly text: string;
  readonly exact?: number | null;
}

/**
 * Writes the model that a run made and registers it, which ends the run. Done again after a crash it gives
 * the same folder and the same row.
 */
export async function keepModel(
  ctx: Services,
  run: RunRow,
  model: TextModel,
  { name, parent, text, exact = null }: Made,
): Promise<ModelRow> {
  const folder = path.join(ctx.folders.models, run.id);
  const card = { name, text, ...(parent && { baseModel: parent.name }) };
  const { hash } = await saveModel(folder, model, model.tokenizer, { card });
  return await endRun(ctx, run, {
    name,
    kind: model.config.head === "score" ? "reward" : "policy",
    path: folder,
    hash,
    architecture: architectureOf(model.config),
    parameters: parameterCount(model.config),
    parentId: parent?.id ?? null,
    exact,
  });
}

/** The same for several reward models that one run made: one folder, one row. */
export async function keepEnsemble(
  ctx: Services,
  run: RunRow,
  models: readonly TextModel[],
  { name, parent, text }: Made,
): Promise<ModelRow> {
  const folder = path.join(ctx.folders.models, run.id);
  const digest = createHash("sha256");
  for (const [i, model] of models.entries()) {
    const member = `${name}, member ${i + 1} of ${models.length}`;
    const card = { name: member, text, ...(parent && { baseModel: parent.name }) };
    const at = memberFolder(folder, i + 1);
    const { hash } = await saveModel(at, model, model.tokenizer, { card });
    digest.update(hash);
  }
  return await endRun(
    ctx,
    run,
    {
      name,
      kind: "reward",
      path: folder,
      hash: digest.digest("hex"),
      architecture: architectureOf(models[0].config),
      parameters: parameterCount(models[0].config),
      parentId: parent?.id ?? null,
      exact: null,
    },
    models.length,
  );
}
