import {
  and,
  asc,
  countDistinct,
  desc,
  eq,
  exists,
  gt,
  inArray,
  isNotNull,
  notInArray,
  sql,
} from "drizzle-orm";
import type {
  CampaignId,
  CompletionId,
  ModelId,
  PromptId,
  RoundId,
  TaskId,
  UserId,
} from "../../domain/ids";
import type { Reader } from "../client";
import { campaign, completion, ranking, round, run, snapshot, task, user } from "../schema";

/** The current round of every campaign, unless it has ended. */
export const currentRounds = (db: Reader) =>
  db
    .select({ campaign, round })
    .from(round)
    .innerJoin(campaign, and(eq(campaign.id, round.campaignId), eq(campaign.round, round.number)))
    .where(notInArray(round.status, ["done", "failed"]))
    .orderBy(asc(campaign.createdAt), asc(campaign.id));

const rewardRunOf = (campaignId: CampaignId) =>
  and(eq(run.campaignId, campaignId), eq(run.kind, "reward"), isNotNull(run.roundId));

/** What the campaign's last reward model learnt from; null before the first. */
export async function lastLearnt(db: Reader, campaignId: CampaignId) {
  const [row] = await db
    .select({ counts: snapshot.counts })
    .from(run)
    .innerJoin(snapshot, eq(snapshot.id, run.snapshotId))
    .where(and(rewardRunOf(campaignId), eq(run.status, "done")))
    .orderBy(desc(run.createdAt), desc(run.id))
    .limit(1);
  return row?.counts ?? null;
}

/** When the campaign's last training began; null before the first. */
export async function lastTrainingAt(db: Reader, campaignId: CampaignId): Promise<Date | null> {
  const [row] = await db
    .select({ at: run.createdAt })
    .from(run)
    .where(rewardRunOf(campaignId))
    .orderBy(desc(run.createdAt))
    .limit(1);
  return row?.at ?? null;
}

/** Tasks looked at together; nearly always the first of them tell. */
const pageSize = 100;

/** Whether any ranking puts one answer above another; looks no further than the first that do. */
export async function hasOrder(
  db: Reader,
  { campaignId, includeSimulated }: { campaignId: CampaignId; includeSimulated: boolean },
): Promise<boolean> {
  const rounds = await db
    .select({ id: round.id })
    .from(round)
    .where(eq(round.campaignId, campaignId))
    .orderBy(desc(round.number));
  for (const { id: roundId } of rounds)
    for (let after: PromptId | null = null; ;) {
      const page: { id: TaskId; promptId: PromptId }[] = await db
        .select({ id: task.id, promptId: task.promptId })
        .from(task)
        .where(
          and(eq(task.roundId, roundId), after === null ? undefined : gt(task.promptId, after)),
        )
        .orderBy(asc(task.promptId))
        .limit(pageSize);
      if (page.length === 0) break;
      const rankings = await db
        .select({ groups: ranking.groups })
        .from(ranking)
        .where(
          and(
            inArray(
              ranking.taskId,
              page.map(({ id }) => id),
            ),
            includeSimulated ? undefined : eq(ranking.simulated, false),
          ),
        );
      if (rankings.some((row) => row.groups.length > 1)) return true;
      after = page[page.length - 1].promptId;
    }
  return false;
}

/** Rankings of a round's tasks that show this model's answers beside those of others. */
export const rankingsShowing = (
  db: Reader,
  { roundId, modelId, simulated }: { roundId: RoundId; modelId: ModelId; simulated: boolean },
) =>
  db
    .select({ promptId: task.promptId, groups: ranking.groups, simulated: ranking.simulated })
    .from(ranking)
    .innerJoin(task, eq(task.id, ranking.taskId))
    .where(
      and(
        eq(task.roundId, roundId),
        simulated ? undefined : eq(ranking.simulated, false),
        exists(
          db
            .select({ one: sql`1` })
            .from(completion)
            .where(
              and(
                eq(completion.roundId, roundId),
                eq(completion.promptId, task.promptId),
                eq(completion.modelId, modelId),
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(ranking.id));

/** How many of a round's prompts this model answered. */
export async function promptsAnsweredBy(db: Reader, roundId: RoundId, modelId: ModelId) {
  const [row] = await db
    .select({ n: countDistinct(completion.promptId) })
    .from(completion)
    .where(and(eq(completion.roundId, roundId), eq(completion.modelId, modelId)));
  return row.n;
}

/** Which of two models gave each of a round's answers. */
export async function answersBy(
  db: Reader,
  roundId: RoundId,
  models: ModelId[],
): Promise<Map<CompletionId, ModelId>> {
  const rows = await db
    .select({ id: completion.id, modelId: completion.modelId })
    .from(completion)
    .where(and(eq(completion.roundId, roundId), inArray(completion.modelId, models)));
  return new Map(rows.flatMap(({ id, modelId }) => (modelId ? [[id, modelId] as const] : [])));
}

/** Names of these people. */
export const peopleNamed = async (db: Reader, ids: UserId[]) =>
  ids.length === 0
    ? []
    : await db.select({ id: user.id, name: user.name }).from(user).where(inArray(user.id, ids));
