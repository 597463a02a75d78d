import { insertRanking } from "../db/queries/ranking";
import * as schema from "../db/schema";
import { write } from "../db/write";
import type { CampaignId, CompletionId, RoundId } from "../domain/ids";
import type { Actor, Services } from "./context";

export interface TestCampaign {
  readonly campaignId: CampaignId;
  readonly roundId: RoundId;
}

/** A campaign in its first round, its policy's model only a row. */
export async function testCampaign(ctx: Services, name: string): Promise<TestCampaign> {
  return await write(ctx.db, async (tx) => {
    const [model] = await tx
      .insert(schema.model)
      .values({
        name: `${name} policy`,
        kind: "policy",
        path: `/models/${name}`,
        hash: "0123456789abcdef",
        architecture: "LlamaForCausalLM",
        parameters: 1000,
        source: "shipped",
      })
      .returning();
    const [campaign] = await tx
      .insert(schema.campaign)
      .values({
        name,
        guidelines: "Rank the better sorted list first.",
        status: "open",
        completionsPerTask: 4,
        tasksPerRound: 10,
        overlap: 2,
        round: 1,
        config: {},
        policyModelId: model.id,
      })
      .returning();
    const [round] = await tx
      .insert(schema.round)
      .values({
        campaignId: campaign.id,
        number: 1,
        status: "collecting",
        policyModelId: model.id,
      })
      .returning();
    return { campaignId: campaign.id, roundId: round.id };
  });
}

/** A prompt with one task of these texts. @returns what a ranking of it needs */
export async function testTask(
  ctx: Services,
  { campaignId, roundId }: TestCampaign,
  promptText: string,
  texts: readonly string[],
) {
  return await write(ctx.db, async (tx) => {
    const [prompt] = await tx
      .insert(schema.prompt)
      .values({ campaignId, text: promptText, split: "train", source: "typed in" })
      .returning();
    const completionIds: CompletionId[] = [];
    for (const text of texts) {
      const [row] = await tx
        .insert(schema.completion)
        .values({
          promptId: prompt.id,
          roundId,
          text,
          seed: completionIds.length,
          params: { temperature: 1 },
          finish: "stop",
        })
        .returning();
      completionIds.push(row.id);
    }
    const [task] = await tx
      .insert(schema.task)
      .values({ campaignId, roundId, promptId: prompt.id, completionIds, overlap: 2 })
      .returning();
    return { taskId: task.id, promptId: prompt.id, completionIds };
  });
}

/** One labeler's ranking, written past the labeling service: groups are places of completions. */
export async function testRanking(
  ctx: Services,
  task: Awaited<ReturnType<typeof testTask>>,
  labeler: Actor,
  groups: readonly (readonly number[])[],
  change: Partial<typeof schema.ranking.$inferInsert> = {},
) {
  return await write(ctx.db, async (tx) => {
    const [assignment] = await tx
      .insert(schema.assignment)
      .values({
        taskId: task.taskId,
        labelerId: labeler.id,
        shownOrder: task.completionIds,
        status: "submitted",
        servedBecause: "test",
        leaseExpiresAt: new Date(),
      })
      .returning();
    return await insertRanking(tx, {
      taskId: task.taskId,
      assignmentId: assignment.id,
      labelerId: labeler.id,
      groups: groups.map((group) => group.map((place) => task.completionIds[place])),
      notRankable: [],
      seconds: 12,
      simulated: labeler.simulated,
      ...change,
    });
  });
}
