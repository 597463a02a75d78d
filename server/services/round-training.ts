import type { CampaignRow } from "../db/queries/campaign";
import { findModel, type ModelRow } from "../db/queries/model";
import { insertRun, runOfRound, setRound, type RoundRow, type RunRow } from "../db/queries/run";
import { write } from "../db/write";
import type { UserId } from "../domain/ids";
import type { Services } from "./context";
import { beginRound } from "./rounds";
import { createSnapshot } from "./snapshots";

/** Freezes the rankings that a round's training learns from, unless that was done before a crash. */
export async function freezeRound(
  ctx: Services,
  round: RoundRow,
  campaign: CampaignRow,
): Promise<void> {
  if (round.snapshotId && (await runOfRound(ctx.db.read, round.id, "reward"))) return;
  const includeSimulated = campaign.config.includeSimulated ?? false;
  const about = { campaignId: campaign.id, roundId: round.id, includeSimulated };
  const { id } = await createSnapshot(ctx, null, about);
  await write(ctx.db, (tx) => setRound(tx, round.id, { snapshotId: id, status: "training" }));
}

/** The run that a round's training is at, made on first asking: a job that is begun again finds it. */
async function roundRun(
  { db }: Services,
  round: RoundRow,
  values: Pick<RunRow, "kind" | "modelId" | "config" | "createdById"> & Partial<RunRow>,
): Promise<RunRow> {
  return await write(db, async (tx) => {
    const there = await runOfRound(tx, round.id, values.kind);
    if (there) return there;
    return await insertRun(tx, {
      ...values,
      campaignId: round.campaignId,
      roundId: round.id,
      snapshotId: round.snapshotId,
      seed: round.number,
      status: "queued",
    });
  });
}

/** Learnt afresh from all rankings each round: what an old reward model believed is not carried on. */
export const rewardRun = (
  ctx: Services,
  round: RoundRow,
  campaign: CampaignRow,
  createdById: UserId | null,
): Promise<RunRow> =>
  roundRun(ctx, round, {
    kind: "reward",
    modelId: campaign.rewardModelId ?? campaign.sftModelId ?? round.policyModelId,
    config: campaign.config.reward ?? {},
    createdById,
  });

export const ppoRun = (
  ctx: Services,
  round: RoundRow,
  campaign: CampaignRow,
  reward: ModelRow,
  createdById: UserId | null,
): Promise<RunRow> =>
  roundRun(ctx, round, {
    kind: "ppo",
    modelId: round.policyModelId,
    rewardModelId: reward.id,
    config: campaign.config.ppo ?? {},
    createdById,
  });

/** The model of a run that was finished before; null when it has yet to be. */
export async function outputOf({ db }: Services, run: RunRow): Promise<ModelRow | null> {
  return run.status === "done" && run.outputModelId
    ? await findModel(db.read, run.outputModelId)
    : null;
}

export async function beginImproving(
  { db }: Services,
  round: RoundRow,
  reward: ModelRow,
): Promise<void> {
  await write(db, (tx) =>
    setRound(tx, round.id, { rewardModelId: reward.id, status: "improving" }),
  );
}

/** The circle closes: this round is done and the next begins with the new policy, both or neither. */
export async function closeRound(
  { db }: Services,
  round: RoundRow,
  campaign: CampaignRow,
  policy: ModelRow,
): Promise<void> {
  await write(db, async (tx) => {
    const done = { status: "done", nextPolicyModelId: policy.id, endedAt: new Date() } as const;
    await setRound(tx, round.id, done);
    const next = { number: round.number + 1, policyModelId: policy.id, exact: policy.exact };
    await beginRound(tx, campaign, next);
  });
}
