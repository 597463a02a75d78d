import { findModel, type ModelRow } from "../db/queries/model";
import { findRound, findRun, insertRun, type RoundRow, type RunRow } from "../db/queries/run";
import { write } from "../db/write";
import type { RoundId, UserId } from "../domain/ids";
import { whatNext } from "../domain/rounds/machine";
import { roundOf, type CampaignRow } from "./answering";
import type { Services } from "./context";
import { passByRule } from "./round-gates";
import { moveRound } from "./round-moves";
import { createSnapshot } from "./snapshots";

/** What trains, given by the job: each registers the model that the run made, which ends the run. */
export interface RoundWork {
  /** Fits a reward model. */
  readonly fit: (run: RunRow, name: string) => Promise<ModelRow>;
  /** Moves the policy towards what the reward model prefers. */
  readonly practise: (run: RunRow, name: string) => Promise<ModelRow>;
  readonly say: (message: string) => Promise<void>;
}

/**
 * Takes a round from where it is to the next gate that does not let it through, or to its end. Begun again
 * after a crash, by another worker too, it finds what was done: every step ends in one write that happens
 * to a round in one state only.
 * @param createdById who asked for the training; null = the rule
 */
export async function turnRound(
  ctx: Services,
  roundId: RoundId,
  createdById: UserId | null,
  work: RoundWork,
): Promise<void> {
  for (;;) {
    const { round, campaign } = await roundOf(ctx, roundId);
    const next = whatNext(round);
    if (!next) return;
    if ("gate" in next) {
      if (await passByRule(ctx, roundId, new Date())) continue;
      return;
    }
    if (next.step === "answer") return; // another job's
    if (next.step === "freeze") {
      await work.say("The rankings so far are frozen into a snapshot");
      await freeze(ctx, round, campaign);
    } else if (next.step === "fit") await fit(ctx, round, campaign, createdById, work);
    else await practise(ctx, round, campaign, createdById, work);
  }
}

/** Thrown inside a write to undo it: another worker was first. */
class MovedOn extends Error {
  override readonly name = "MovedOn";
}

/** Freezes the rankings that the round's training learns from: a snapshot is there exactly when the round has it. */
async function freeze(ctx: Services, round: RoundRow, campaign: CampaignRow): Promise<void> {
  const includeSimulated = campaign.config.includeSimulated ?? false;
  const about = { campaignId: campaign.id, roundId: round.id, includeSimulated };
  await createSnapshot(ctx, null, about, async (tx, snapshotId) => {
    if (!(await moveRound(tx, round.id, { kind: "frozen", snapshotId }))) throw new MovedOn();
  }).catch((error: unknown) => {
    if (!(error instanceof MovedOn)) throw error;
  });
}

/** Learnt afresh from all rankings each round: what an old reward model believed is not carried on. */
async function fit(
  ctx: Services,
  round: RoundRow,
  campaign: CampaignRow,
  createdById: UserId | null,
  work: RoundWork,
): Promise<void> {
  const run = await roundRun(ctx, round, {
    kind: "reward",
    modelId: campaign.rewardModelId ?? campaign.sftModelId ?? round.policyModelId,
    config: campaign.config.reward ?? {},
    createdById,
  });
  if (!run) return;
  const name = `${campaign.name} · reward ${round.number}`;
  const { id: modelId } = (await outputOf(ctx, run)) ?? (await work.fit(run, name));
  await write(ctx.db, (tx) => moveRound(tx, round.id, { kind: "fitted", runId: run.id, modelId }));
}

async function practise(
  ctx: Services,
  round: RoundRow,
  campaign: CampaignRow,
  createdById: UserId | null,
  work: RoundWork,
): Promise<void> {
  const run = await roundRun(ctx, round, {
    kind: "ppo",
    modelId: round.policyModelId,
    rewardModelId: round.rewardModelId,
    config: campaign.config.ppo ?? {},
    createdById,
  });
  if (!run) return;
  const name = `${campaign.name} · policy ${round.number + 1}`;
  const { id: modelId } = (await outputOf(ctx, run)) ?? (await work.practise(run, name));
  await write(ctx.db, (tx) =>
    moveRound(tx, round.id, { kind: "practised", runId: run.id, modelId }),
  );
}

/**
 * The run that the round's step is at, made on first asking and pointed to in the same write. One that
 * failed or was cancelled is history, and another takes its place.
 * @returns null when the round is past this step by now
 */
async function roundRun(
  { db }: Services,
  { id, number }: RoundRow,
  values: Pick<RunRow, "modelId" | "config" | "createdById"> &
    Partial<RunRow> & { kind: "reward" | "ppo" },
): Promise<RunRow | null> {
  return await write(db, async (tx) => {
    const round = await findRound(tx, id);
    const next = round && whatNext(round);
    const step = values.kind === "reward" ? "fit" : "practise";
    if (!next || !("step" in next) || next.step !== step) return null;
    const thereId = values.kind === "reward" ? round.rewardRunId : round.ppoRunId;
    const there = thereId && (await findRun(tx, thereId));
    if (there && there.status !== "failed" && there.status !== "cancelled") return there;
    const run = await insertRun(tx, {
      ...values,
      campaignId: round.campaignId,
      roundId: id,
      snapshotId: round.snapshotId,
      seed: number,
      status: "queued",
    });
    await moveRound(tx, id, { kind: "began", run: values.kind, runId: run.id });
    return run;
  });
}

/** The model of a run that was finished before; null when it has yet to be. */
export async function outputOf({ db }: Services, run: RunRow): Promise<ModelRow | null> {
  return run.status === "done" && run.outputModelId
    ? await findModel(db.read, run.outputModelId)
    : null;
}
