import { and, count, eq, inArray, sql } from "drizzle-orm";
import type { CampaignId } from "../../domain/ids";
import type { Reader } from "../client";
import { ranking, round, task } from "../schema";
import { countIf } from "./campaign";

/** How many rankings a campaign has; gold measures labelers and teaches nothing. */
export interface RankingTotals {
  people: number;
  simulated: number;
  /** Of people's, those of gold. */
  peopleGold: number;
  simulatedGold: number;
}

/**
 * How many rankings these campaigns have, without reading them: those on places are counted on their tasks, and small
 * indexes know those beyond them and those by programs. A campaign without any is not in it.
 */
export async function rankingTotals(
  db: Reader,
  ids: CampaignId[],
): Promise<Map<CampaignId, RankingTotals>> {
  if (ids.length === 0) return new Map();
  const totals = new Map<CampaignId, RankingTotals>();
  const of = (id: CampaignId) => {
    const found = totals.get(id) ?? { people: 0, simulated: 0, peopleGold: 0, simulatedGold: 0 };
    totals.set(id, found);
    return found;
  };
  const placed = await db
    .select({ id: round.campaignId, n: sql`sum(${task.placed})`.mapWith(Number) })
    .from(round)
    .innerJoin(task, eq(task.roundId, round.id))
    .where(inArray(round.campaignId, ids))
    .groupBy(round.campaignId);
  for (const { id, n } of placed) of(id).people += n;

  // not joins: of those the planner would begin with all tasks of the campaigns
  const campaignOf = sql<CampaignId | null>`(${db
    .select({ id: task.campaignId })
    .from(task)
    .where(and(eq(task.id, ranking.taskId), inArray(task.campaignId, ids)))})`;
  const simulated = db
    .select({ id: campaignOf.as("id") })
    .from(ranking)
    .where(and(sql`${ranking.simulated}`, eq(ranking.purpose, "ordinary")))
    .as("simulated");
  const bySimulated = await db
    .select({ id: simulated.id, n: count() })
    .from(simulated)
    .groupBy(sql`${simulated.id}`);
  for (const { id, n } of bySimulated) {
    if (id === null) continue;
    of(id).people -= n;
    of(id).simulated += n;
  }
  const beyond = db
    .select({ id: campaignOf.as("id"), simulated: ranking.simulated, purpose: ranking.purpose })
    .from(ranking)
    .where(sql`${ranking.purpose} <> 'ordinary'`)
    .as("beyond");
  const byPurpose = await db
    .select({
      id: beyond.id,
      simulated: beyond.simulated,
      n: count(),
      gold: countIf(eq(beyond.purpose, "gold")),
    })
    .from(beyond)
    .groupBy(sql`${beyond.id}`, beyond.simulated);
  for (const row of byPurpose) {
    if (row.id === null) continue;
    const total = of(row.id);
    total[row.simulated ? "simulated" : "people"] += row.n;
    total[row.simulated ? "simulatedGold" : "peopleGold"] += row.gold;
  }
  return totals;
}

/** Those that training may learn from. */
export const teaching = (totals: RankingTotals | undefined) => ({
  people: totals ? totals.people - totals.peopleGold : 0,
  simulated: totals ? totals.simulated - totals.simulatedGold : 0,
});
