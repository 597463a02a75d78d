import { z } from "zod";
import {
  findCampaign,
  latestSeconds,
  recentRankings,
  roundsOf,
  roundTallies,
} from "../db/queries/campaign";
import { goldCounts } from "../db/queries/gold";
import { demonstrationsOf } from "../db/queries/payment";
import { rankingTotals } from "../db/queries/ranking-counts";
import { AppError } from "../domain/app-error";
import { distributionOf } from "../domain/distribution";
import { costForecast, finishForecast, workForecast } from "../domain/forecast";
import { zCampaignId } from "../domain/ids";
import { type Actor, requireRole, type Services } from "./context";

export const zForecastOf = z.object({ campaignId: zCampaignId });

/** What the present round will still take and cost, at today's pace and the rate that is set. */
export async function getForecast(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zForecastOf>,
) {
  requireRole(actor, "researcher", campaignId);
  const campaign = await findCampaign(db.read, campaignId);
  if (!campaign)
    throw new AppError("not-found", "There is no such campaign: it may have been removed.");
  const rounds = await roundsOf(db.read, campaignId);
  const current = rounds.find((row) => row.number === campaign.round);
  const tallies = await roundTallies(db.read, [campaignId]);
  const tally = tallies.find((row) => row.roundId === current?.id);
  // before a round has tasks it is what the settings ask for
  const wanted = tally?.wanted ?? campaign.tasksPerRound * campaign.overlap;
  const done = tally?.done ?? 0;
  const missing = Math.max(0, wanted - done);
  const now = new Date();
  const recent = current
    ? await recentRankings(db.read, current.id, now)
    : { lastHour: 0, lastDay: 0 };
  const totals = await rankingTotals(db.read, [campaignId]);
  const gold = await goldCounts(db.read, campaignId);
  return {
    wanted,
    done,
    finish: finishForecast(missing, recent),
    work: workForecast(missing, await latestSeconds(db.read, campaignId)),
    cost: costForecast(campaign.config.pay, {
      paid: totals.get(campaignId)?.people ?? 0,
      missing,
      goldRate: gold.inUse > 0 ? distributionOf(campaign.config).goldRate : 0,
      ...(await demonstrationsOf(db.read, campaignId)),
    }),
  };
}
export type Forecast = Awaited<ReturnType<typeof getForecast>>;
