import path from "node:path";
import * as schema from "../db/schema";
import type { MakeDb } from "../db/testing";
import { write } from "../db/write";
import type { ModelId } from "../domain/ids";
import { isJudged, isRewarded, learnsRankings, type RunKind } from "../domain/run-kinds";
import { saveModel } from "../ml/checkpoint/save-model";
import type { TextModel } from "../ml/rlhf/data";
import { rewardModelFrom } from "../ml/rlhf/reward-model";
import { tinyModel } from "../ml/rlhf/testing";
import { registerModel } from "../services/run-record";
import { startRun } from "../services/runs";
import { createSnapshot } from "../services/snapshots";
import { testCampaign, testRanking, testTask } from "../services/snapshots-testing";
import { testActor, testServices } from "../services/testing";

/** A campaign with all that any run learns from, and a policy and a reward model of letters to start from. */
export async function trainingWorld(makeDb: MakeDb) {
  const ctx = await testServices(makeDb);
  const researcher = await testActor(ctx, "researcher");
  const labeler = await testActor(ctx, "labeler");
  const campaign = await testCampaign(ctx, "Letters");
  for (const prompt of ["a", "b", "c", "d", "e", "f"]) {
    const task = await testTask(ctx, campaign, prompt, ["a b", "b a", "c", "d"]);
    await testRanking(ctx, task, labeler, [[0], [1], [2, 3]]);
    await write(ctx.db, (tx) =>
      tx.insert(schema.demonstration).values({
        campaignId: campaign.campaignId,
        promptId: task.promptId,
        authorId: labeler.id,
        text: "a b",
        status: "accepted",
      }),
    );
  }
  const snapshot = await createSnapshot(ctx, null, {
    campaignId: campaign.campaignId,
    roundId: campaign.roundId,
    includeSimulated: false,
  });
  const add = async (name: string, model: TextModel): Promise<ModelId> => {
    const folder = path.join(ctx.folders.models, name);
    const { hash } = await saveModel(folder, model, model.tokenizer);
    const row = await registerModel(ctx, {
      name,
      kind: model.config.head === "score" ? "reward" : "policy",
      path: folder,
      hash,
      architecture: "GPT2LMHeadModel",
      parameters: 10_000,
      source: "dropped-in",
    });
    return row.id;
  };
  const policy = tinyModel();
  const modelId = await add("policy", policy);
  const rewardModelId = await add("reward", rewardModelFrom(policy, 3));

  /** Asks for a run with options that end soon. */
  const ask = (kind: RunKind, config: Record<string, unknown> = {}, seed = 1) => {
    const steps = isRewarded(kind)
      ? { iterations: 4, batchSize: 8, minibatches: 2, maxNewTokens: 4 }
      : kind === "best-of-n"
        ? { completions: 4, prompts: 4, promptsPerStep: 1, split: "train", maxNewTokens: 4 }
        : { maxSteps: 4, batchSize: 4 };
    const shared = { modelId, config: { ...steps, ...config }, seed };
    const { campaignId } = campaign;
    if (learnsRankings(kind))
      return startRun(ctx, researcher, { kind, snapshotId: snapshot.id, ...shared });
    if (isJudged(kind))
      return startRun(ctx, researcher, {
        kind,
        campaignId,
        reward: { parts: [{ kind: "models", modelIds: [rewardModelId] }] },
        ...shared,
      });
    return startRun(ctx, researcher, { kind: "sft", campaignId, ...shared });
  };
  return { ctx, researcher, labeler, campaign, modelId, rewardModelId, ask };
}
