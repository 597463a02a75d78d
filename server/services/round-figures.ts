import type { Reader } from "../db/client";
import type { CampaignRow } from "../db/queries/campaign";
import { firstMetric, latestMetrics } from "../db/queries/circle";
import { hasOrder, lastLearnt, lastTrainingAt } from "../db/queries/round";
import type { RoundRow } from "../db/queries/run";
import { rankingTotals, teaching } from "../db/queries/ranking-counts";
import { snapshotById } from "../db/queries/snapshot";
import type { RunId } from "../domain/ids";
import {
  improveGate,
  renewGate,
  trainGate,
  type AtGate,
  type Gate,
  type PracticeFigures,
  type ReportFigures,
  type TrainFigures,
} from "../domain/rounds/gate";
import { gateOf } from "../domain/rounds/machine";
import { ruleOf, type GateName } from "../domain/rounds/rule";

const hour = 3_600_000;

/** Rankings that training would use, and how many of them the last reward model has not seen. */
export async function rankingFigures(db: Reader, campaign: CampaignRow) {
  const given = teaching((await rankingTotals(db, [campaign.id])).get(campaign.id));
  const usable = given.people + (campaign.config.includeSimulated ? given.simulated : 0);
  const seen = await lastLearnt(db, campaign.id);
  const known = seen ? seen.rankings + seen.leftOut.identical : 0;
  return { ...given, usable, newRankings: Math.max(0, usable - known) };
}

async function trainFigures(db: Reader, campaign: CampaignRow, now: Date): Promise<TrainFigures> {
  const { id: campaignId, config, openedAt, createdAt } = campaign;
  const { usable, newRankings } = await rankingFigures(db, campaign);
  const since = (await lastTrainingAt(db, campaignId)) ?? openedAt ?? createdAt;
  const includeSimulated = config.includeSimulated ?? false;
  return {
    newRankings,
    hours: (now.getTime() - since.getTime()) / hour,
    ordered: usable === 0 || (await hasOrder(db, { campaignId, includeSimulated })),
  };
}

/** The last value of each measurement, newest first. */
async function lastValues(db: Reader, runId: RunId | null) {
  const rows = runId === null ? [] : await latestMetrics(db, runId);
  return (name: string): number | null =>
    rows.find((row) => Number.isFinite(row.values[name]))?.values[name] ?? null;
}

export interface Report extends ReportFigures {
  readonly accuracyHigh: number | null;
}

/** The reward model's held-out report, of the run and the snapshot of the round's present turn. */
export async function reportOf(
  db: Reader,
  { rewardRunId, snapshotId }: Pick<RoundRow, "rewardRunId" | "snapshotId">,
): Promise<Report> {
  const last = await lastValues(db, rewardRunId);
  const frozen = snapshotId && (await snapshotById(db, snapshotId));
  return {
    accuracy: last("eval/accuracy"),
    accuracyLow: last("eval/accuracy_low"),
    accuracyHigh: last("eval/accuracy_high"),
    heldoutPairs: last("eval/pairs"),
    lengthBaseline: last("eval/length_baseline"),
    labelers: frozen ? frozen.counts.labelers : null,
  };
}

/** How far PPO moved the policy, and what the reward model says of it before and after. */
export async function practiceOf(db: Reader, ppoRunId: RunId | null): Promise<PracticeFigures> {
  const last = await lastValues(db, ppoRunId);
  const first = ppoRunId === null ? null : await firstMetric(db, ppoRunId);
  return {
    kl: last("objective/kl"),
    scoreBefore: first?.values["objective/scores"] ?? null,
    scoreAfter: last("objective/scores"),
  };
}

/** A gate with its figures, whether or not the round stands at it. */
export async function gateWithFigures(
  db: Reader,
  name: GateName,
  campaign: CampaignRow,
  round: RoundRow,
  now: Date,
): Promise<Gate> {
  const at: AtGate = {
    rule: ruleOf(campaign.config.rounds),
    open: campaign.status === "open",
    held: round.held,
  };
  if (name === "train") return trainGate(at, await trainFigures(db, campaign, now));
  if (name === "improve") return improveGate(at, await reportOf(db, round));
  return renewGate(at, await practiceOf(db, round.ppoRunId));
}

/** The gate at which a round stands; null while it works or when it has ended. */
export async function presentGate(
  db: Reader,
  campaign: CampaignRow,
  round: RoundRow,
  now: Date,
): Promise<Gate | null> {
  const name = gateOf[round.status];
  return name && (await gateWithFigures(db, name, campaign, round, now));
}
