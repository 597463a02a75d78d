import { and, count, eq, gte } from "drizzle-orm";
import type { CampaignId } from "../../domain/ids";
import type { Reader } from "../client";
import { ranking, task } from "../schema";

export async function simulatedRankingsSince(
  db: Reader,
  campaignId: CampaignId,
  since: Date,
): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(ranking)
    .innerJoin(task, eq(task.id, ranking.taskId))
    .where(
      and(
        eq(task.campaignId, campaignId),
        eq(ranking.simulated, true),
        gte(ranking.createdAt, since),
      ),
    );
  return row.n;
}
