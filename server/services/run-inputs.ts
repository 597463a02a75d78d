import { findCampaign } from "../db/queries/campaign";
import { findModel } from "../db/queries/model";
import type { RunRow } from "../db/queries/run";
import { findReport, findRunInput, insertRunInput, upsertReport } from "../db/queries/run-input";
import { snapshotById } from "../db/queries/snapshot";
import type { Reader, Sql } from "../db/client";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import type { HeldoutReport } from "../domain/heldout-report";
import type { RunId } from "../domain/ids";
import {
  modelsOfSource,
  type PtxTexts,
  type RewardSecrets,
  type RewardSource,
  zRewardSource,
} from "../domain/reward-source";
import type { Services } from "./context";
import { dropInPath } from "./drop-ins";

/** What a run is made from beyond models, a campaign and a snapshot. */
export interface RunInputs {
  readonly reward: RewardSource | null;
  readonly ptx: PtxTexts | null;
}

/** A run of a round, and any of an earlier version, is rewarded by its one reward model. */
export async function inputsOfRun(
  db: Reader,
  { id, rewardModelId }: Pick<RunRow, "id" | "rewardModelId">,
): Promise<RunInputs & { secrets: RewardSecrets }> {
  const row = await findRunInput(db, id);
  const only = rewardModelId && {
    parts: [{ kind: "models" as const, modelIds: [rewardModelId] }],
  };
  return {
    reward: row?.reward ?? (only ? zRewardSource.parse(only) : null),
    secrets: row?.secrets ?? {},
    ptx: row?.ptx ?? null,
  };
}

export interface AskedInputs extends RunInputs {
  readonly secrets: RewardSecrets;
  /** The run whose endpoints' header values are taken where none are given: to the same address only. */
  readonly secretsFrom: RunId | null;
}

/** Keeps what rewards a run and what it must not forget. @throws AppError naming what is not there */
export async function keepInputs(
  ctx: Services,
  tx: Sql,
  runId: RunId,
  { reward, ptx, secrets, secretsFrom }: AskedInputs,
): Promise<void> {
  if (reward) await requireReward(ctx, tx, reward);
  if (ptx) await requireTexts(ctx, tx, ptx);
  const kept = reward ? await secretsOf(tx, reward, secrets, secretsFrom) : {};
  await insertRunInput(tx, { runId, reward, ptx, secrets: Object.keys(kept).length ? kept : null });
}

async function requireReward(ctx: Services, tx: Reader, reward: RewardSource): Promise<void> {
  for (const id of modelsOfSource(reward)) {
    const model = await findModel(tx, id);
    if (!model)
      throw new AppError("not-found", "A reward model is not here any more: choose another.");
    if (model.kind !== "reward")
      throw new AppError("bad-input", `"${model.name}" is a policy model: choose a reward model.`);
  }
  for (const part of reward.parts)
    if (part.kind === "program") dropInPath(ctx, "programs", part.file);
}

async function requireTexts(ctx: Services, tx: Reader, ptx: PtxTexts): Promise<void> {
  if (ptx.kind === "file") dropInPath(ctx, "texts", ptx.file);
  else if (ptx.kind === "snapshot" && !(await snapshotById(tx, ptx.snapshotId)))
    throw new AppError("not-found", "The snapshot of the texts does not exist: choose another.");
  else if (ptx.kind === "demonstrations" && !(await findCampaign(tx, ptx.campaignId)))
    throw new AppError("not-found", "The campaign of the texts does not exist: choose another.");
}

/** Values of all headers that the endpoints name. @throws AppError bad-input for one that has none */
async function secretsOf(
  tx: Reader,
  { parts }: RewardSource,
  given: RewardSecrets,
  from: RunId | null,
): Promise<RewardSecrets> {
  const earlier = from ? await findRunInput(tx, from) : null;
  const kept: RewardSecrets = {};
  for (const [place, part] of parts.entries()) {
    if (part.kind !== "endpoint" || part.headers.length === 0) continue;
    const before = earlier?.reward?.parts.findIndex(
      (one) => one.kind === "endpoint" && one.url === part.url,
    );
    const known = earlier?.secrets?.[String(before)] ?? {};
    kept[String(place)] = Object.fromEntries(
      part.headers.map((name) => {
        const value = given[String(place)]?.[name] || known[name];
        if (value) return [name, value];
        throw new AppError(
          "bad-input",
          `The header "${name}" of ${part.url} has no value: give one, or take the header out.`,
        );
      }),
    );
  }
  return kept;
}

export async function keepReport(
  { db }: Services,
  id: RunId,
  report: HeldoutReport,
): Promise<void> {
  await write(db, (tx) => upsertReport(tx, id, report));
}

export const reportOf = ({ db }: Services, id: RunId) => findReport(db.read, id);
