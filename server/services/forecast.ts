import type { z } from "zod";
import { findCampaign, recentRankings, roundsOf, roundTallies } from "../db/queries/campaign";
import { paidDemonstrations, paidRankings } from "../db/queries/payment";
import { AppError } from "../domain/app-error";
import { distributionOf } from "../domain/distribution";
import { type Costs, costsOf, type Finish, finishOf } from "../domain/forecast";
import type { zGetCampaign } from "./campaigns";
import { type Actor, requireRole, type Services } from "./context";

const day = 24;
const hour = 3_600_000;

export interface Forecast {
  /** Rankings that the present round wants and has. */
  wanted: number;
  done: number;
  /** People's rankings of the last `hours` hours. */
  recent: { rankings: number; hours: number };
  /** Null while nobody can tell, or while it does not collect. */
  finish: Finish | null;
  /** Mean seconds of a ranking; null before the first. */
  seconds: number | null;
  costs: Costs | null;
}

/** When the present round will have its rankings, and what they cost. */
export async function campaignForecast(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zGetCampaign>,
): Promise<Forecast | null> {
  requireRole(actor, "researcher", campaignId);
  const campaign = await findCampaign(db.read, campaignId);
  if (!campaign)
    throw new AppError("not-found", "There is no such campaign: it may have been removed.");
  const round = (await roundsOf(db.read, campaignId)).find((row) => row.number === campaign.round);
  if (!round) return null;
  const now = new Date();
  const ever = { campaignId, since: new Date(0), until: now };
  const [tallies, recent, rankings, demonstrations] = await Promise.all([
    roundTallies(db.read, [campaignId]),
    recentRankings(db.read, round.id, now),
    paidRankings(db.read, ever),
    paidDemonstrations(db.read, ever),
  ]);
  const { wanted = 0, done = 0 } = tallies.find((row) => row.roundId === round.id) ?? {};
  const missing = Math.max(0, wanted - done);
  const hours = Math.min(day, Math.max(1, (now.getTime() - round.createdAt.getTime()) / hour));
  const ranked = rankings.reduce((total, row) => total + row.count, 0);
  const seconds = rankings.reduce((total, row) => total + row.seconds, 0);
  const written = demonstrations.reduce((total, row) => total + row.count, 0);
  const { pay } = campaign.config;
  const { goldRate } = distributionOf(campaign.config);
  const collects = campaign.status === "open" && round.status === "collecting";
  return {
    wanted,
    done,
    recent: { rankings: recent.lastDay, hours },
    finish: collects ? finishOf(missing, recent.lastDay, hours) : null,
    seconds: ranked > 0 ? seconds / ranked : null,
    costs: pay
      ? costsOf(pay, { rankings: ranked, demonstrations: written, seconds, missing, goldRate })
      : null,
  };
}
