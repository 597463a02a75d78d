import { z } from "zod";
import type { Sql } from "../db/client";
import { findCampaign, updateCampaign, type CampaignRow } from "../db/queries/campaign";
import { listJobs } from "../db/queries/job";
import { findModel } from "../db/queries/model";
import { currentRounds } from "../db/queries/round";
import { findRound, setRound, type RoundRow } from "../db/queries/run";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { zCampaignId, zRoundId, type RoundId, type UserId } from "../domain/ids";
import type { Gate } from "../domain/rounds/gate";
import { gateOf, whatNext } from "../domain/rounds/machine";
import { beginsByItself, ruleOf, zGateName, zRoundRule } from "../domain/rounds/rule";
import { recordChange } from "./audit";
import { requireRole, requireSomewhere, type Actor, type Services } from "./context";
import { enqueue } from "./jobs";
import { gateWithFigures, presentGate, rankingFigures } from "./round-figures";
import { moveRound } from "./round-moves";
import { beginRound } from "./rounds";

interface AtRound {
  round: RoundRow;
  campaign: CampaignRow;
}

async function atRound(tx: Sql, id: RoundId): Promise<AtRound> {
  const round = await findRound(tx, id);
  const campaign = round && (await findCampaign(tx, round.campaignId));
  if (!campaign) throw new AppError("not-found", "There is no such round: reload the page.");
  return { round, campaign };
}

/** The round, for somebody who may turn it. */
async function ownRound(tx: Sql, actor: Actor, id: RoundId): Promise<AtRound> {
  const at = await atRound(tx, id);
  requireRole(actor, "researcher", at.campaign.id);
  return at;
}

const recordRound = (
  tx: Sql,
  actor: Actor,
  { round, campaign }: AtRound,
  action: "round.pass" | "round.hold" | "round.stop" | "round.mend",
  after: Partial<RoundRow> & { gate?: string },
): Promise<void> =>
  recordChange(tx, actor, {
    action,
    target: { id: round.id, name: String(round.number) },
    campaignId: campaign.id,
    before: { status: round.status, held: round.held },
    after: { status: round.status, held: round.held, ...after },
  });

/** Lets a round through a gate, with what was known then, and starts what lies behind it: all or nothing. */
async function enter(
  tx: Sql,
  { round, campaign }: AtRound,
  gate: Gate,
  byId: UserId | null,
): Promise<boolean> {
  const next = await moveRound(tx, round.id, { kind: "passed", gate: gate.name });
  if (!next) return false;
  await keepRecord(tx, round, gate, "passed", byId);
  if (gate.name === "renew") await closeRound(tx, next, campaign);
  else await queueTraining(tx, round, byId);
  return true;
}

async function keepRecord(
  tx: Sql,
  { id, gates }: RoundRow,
  { name, ways }: Gate,
  decision: "passed" | "stopped",
  byId: UserId | null,
): Promise<void> {
  const record = { gate: name, decision, at: new Date().toISOString(), byId, ways };
  await setRound(tx, id, { gates: [...(gates ?? []), record] });
}

const queueTraining = (
  tx: Sql,
  { id: roundId, campaignId }: RoundRow,
  createdById: UserId | null,
) => enqueue(tx, "train-round", { roundId }, { campaignId, createdById });

/** The circle closes: the round has ended, and the next begins with the policy that it made. */
async function closeRound(tx: Sql, round: RoundRow, campaign: CampaignRow): Promise<void> {
  const policy = round.nextPolicyModelId && (await findModel(tx, round.nextPolicyModelId));
  if (!policy)
    throw new AppError("not-found", "The model that this round made is not here any more.");
  await setRound(tx, round.id, { endedAt: new Date() });
  const next = { number: round.number + 1, policyModelId: policy.id, exact: policy.exact };
  await beginRound(tx, campaign, next);
}

/** Lets a round through the gate at which it stands, if the rule does. @returns whether it went on */
export async function passByRule({ db }: Services, id: RoundId, now: Date): Promise<boolean> {
  return await write(db, async (tx) => {
    const at = await atRound(tx, id);
    const gate = await presentGate(tx, at.campaign, at.round, now);
    return gate?.passes === true && (await enter(tx, at, gate, null));
  });
}

export const zGoOn = z.object({ roundId: zRoundId, gate: zGateName });

const elsewhere = () =>
  new AppError("conflict", "The round does not stand at this gate any more: reload the page.");

/** A person lets a round through the gate that they saw, whatever the figures say; their name is kept. */
export async function goOn(
  { db }: Services,
  actor: Actor,
  { roundId, gate: name }: z.output<typeof zGoOn>,
): Promise<void> {
  requireSomewhere(actor, "researcher");
  await write(db, async (tx) => {
    const at = await ownRound(tx, actor, roundId);
    const { round, campaign } = at;
    if (gateOf[round.status] !== name) throw elsewhere();
    if (campaign.status !== "open")
      throw new AppError(
        "conflict",
        `The campaign is ${campaign.status}: open it again, then let the round go on.`,
      );
    const gate = await gateWithFigures(tx, name, campaign, round, new Date());
    if (name === "train") await requireRankings(tx, campaign);
    await enter(tx, at, gate, actor.id);
    const { round: after } = await atRound(tx, roundId);
    await recordRound(tx, actor, at, "round.pass", { status: after.status, gate: name });
  });
}

async function requireRankings(tx: Sql, campaign: CampaignRow): Promise<void> {
  const { usable, simulated } = await rankingFigures(tx, campaign);
  if (usable > 0) return;
  throw new AppError(
    "conflict",
    simulated > 0
      ? "Only simulated labelers have ranked, and this campaign's training leaves them out: wait for people's rankings, or include simulated ones in its settings."
      : "Nobody has ranked yet, so there is nothing to learn from: wait for the first rankings.",
  );
}

export const zHold = z.object({ roundId: zRoundId, held: z.boolean() });

/** Asks a round to wait at its next gate, or takes that back; what works now goes on to its end. */
export async function holdRound(
  { db }: Services,
  actor: Actor,
  { roundId, held }: z.output<typeof zHold>,
): Promise<void> {
  requireSomewhere(actor, "researcher");
  await write(db, async (tx) => {
    const at = await ownRound(tx, actor, roundId);
    if (at.round.status === "done")
      throw new AppError("conflict", "This round has ended already: reload the page.");
    await moveRound(tx, roundId, { kind: "held", held });
    await recordRound(tx, actor, at, "round.hold", { held });
  });
}

export const zStop = z.object({ roundId: zRoundId });

/** Puts aside what a round has learnt in this turn: it collects again. Its runs and models stay to be read. */
export async function stopRound(
  { db }: Services,
  actor: Actor,
  { roundId }: z.output<typeof zStop>,
): Promise<void> {
  requireSomewhere(actor, "researcher");
  await write(db, async (tx) => {
    const at = await ownRound(tx, actor, roundId);
    const gate = await presentGate(tx, at.campaign, at.round, new Date());
    const stopped = await moveRound(tx, roundId, { kind: "stopped" });
    if (!stopped)
      throw new AppError(
        "conflict",
        "There is nothing to put aside in this round now: reload the page.",
      );
    if (gate) await keepRecord(tx, at.round, gate, "stopped", actor.id);
    await recordRound(tx, actor, at, "round.stop", { status: stopped.status });
  });
}

export const zMend = z.object({ roundId: zRoundId });

/** Takes up a failed round where it failed: it answers again, collects, or stands at the gate before PPO. */
export async function mendRound(
  { db }: Services,
  actor: Actor,
  { roundId }: z.output<typeof zMend>,
): Promise<void> {
  requireSomewhere(actor, "researcher");
  await write(db, async (tx) => {
    const failed = await ownRound(tx, actor, roundId);
    const mended = await moveRound(tx, roundId, { kind: "mended" });
    if (!mended) throw new AppError("conflict", "This round has not failed: reload the page.");
    const { campaignId, status } = mended;
    await recordRound(tx, actor, failed, "round.mend", { status });
    if (status === "answering")
      return void (await enqueue(tx, "answer", { roundId }, { campaignId, createdById: actor.id }));
    const at = await atRound(tx, roundId);
    const gate = await presentGate(tx, at.campaign, at.round, new Date());
    if (gate?.passes) await enter(tx, at, gate, null);
  });
}

export const zSetRule = z.object({ campaignId: zCampaignId, rule: zRoundRule.nullable() });

/** Sets when a campaign trains by itself and what its rounds must show; null = by hand, and nothing. */
export async function setRule(
  { db }: Services,
  actor: Actor,
  { campaignId, rule }: z.output<typeof zSetRule>,
): Promise<void> {
  requireRole(actor, "researcher", campaignId);
  await write(db, async (tx) => {
    const campaign = await findCampaign(tx, campaignId);
    if (!campaign) throw new AppError("not-found", "There is no such campaign: reload the page.");
    const { rounds: before = null, ...config } = campaign.config;
    await updateCampaign(tx, campaignId, { config: rule ? { ...config, rounds: rule } : config });
    await recordChange(tx, actor, {
      action: "campaign.rule",
      target: campaign,
      campaignId,
      before: { rounds: before },
      after: { rounds: rule },
    });
  });
}

/**
 * Moves every round on that can: through its gate where the rule lets it, and a step that has no job (its
 * worker died between two writes, or a person's word came as the last job ended) gets one. Asked again and
 * again, by any number of workers: a round goes through a gate once.
 */
export async function advanceRounds(ctx: Services, now: Date): Promise<void> {
  const rounds = await currentRounds(ctx.db.read);
  if (rounds.length === 0) return;
  const active = new Set((await listJobs(ctx.db.read)).map((job) => job.key));
  const faults: unknown[] = [];
  for (const at of rounds) {
    try {
      await advance(ctx, at, active, now);
    } catch (error) {
      faults.push(error); // one campaign's fault holds no other's round
    }
  }
  if (faults.length > 0) throw faults[0];
}

async function advance(
  ctx: Services,
  { campaign, round }: AtRound,
  active: ReadonlySet<string | null>,
  now: Date,
): Promise<void> {
  const next = whatNext(round);
  if (!next) return;
  if ("step" in next) {
    const name = next.step === "answer" ? "answer" : "train-round";
    const input = { roundId: round.id };
    if (!active.has(`${name} ${JSON.stringify(input)}`)) await revive(ctx, round.id);
    return;
  }
  if (next.gate === "train" && !beginsByItself(ruleOf(campaign.config.rounds))) return;
  const gate = await presentGate(ctx.db.read, campaign, round, now);
  if (gate?.passes) await passByRule(ctx, round.id, now);
}

/** Queues the job of a round's step, unless it waits or runs, or the round is past it. */
async function revive({ db }: Services, id: RoundId): Promise<void> {
  await write(db, async (tx) => {
    const { round } = await atRound(tx, id);
    const next = whatNext(round);
    if (!next || "gate" in next) return;
    if (next.step !== "answer") await queueTraining(tx, round, null);
    else await enqueue(tx, "answer", { roundId: id }, { campaignId: round.campaignId });
  });
}
