import path from "node:path";
import { expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import * as schema from "../db/schema";
import { write } from "../db/write";
import { saveModel } from "../ml/checkpoint/save-model";
import { rewardModelFrom } from "../ml/rlhf/reward-model";
import { tinyModel } from "../ml/rlhf/testing";
import { roundOf } from "../services/answering";
import { registerModel } from "../services/run-record";
import { testCampaign, testTask } from "../services/snapshots-testing";
import { testServices } from "../services/testing";
import type { Job } from "./define-job";
import { measureUncertainty } from "./measure-uncertainty";

forEachDialect((makeDb) => {
  test("two reward models rate tasks by how far they disagree; one alone, or without being asked, does not", async () => {
    const ctx = await testServices(makeDb);
    const { campaignId, roundId } = await testCampaign(ctx, "letters");
    await testTask(ctx, { campaignId, roundId }, "abc", ["a", "bb", "cc", "abc"]);
    const job = { ...ctx, progress: async () => {} } as unknown as Job;
    const reward = async (seed: number) => {
      const model = rewardModelFrom(tinyModel(), seed);
      const folder = path.join(ctx.folders.models, `reward ${seed}`);
      const { hash } = await saveModel(folder, model, model.tokenizer);
      const about = { name: `reward ${seed}`, path: folder, hash, campaignId, parameters: 1000 };
      const what = { kind: "reward", architecture: "gpt2", source: "trained" } as const;
      await registerModel(ctx, { ...about, ...what });
    };
    const rated = async () => {
      await measureUncertainty(job, await roundOf(ctx, roundId));
      const [{ uncertainty }] = await ctx.db.read.select().from(schema.task);
      return uncertainty;
    };
    const config = { distribution: { sampling: "uncertainty" } } as const;
    await reward(1);
    await write(ctx.db, (tx) => tx.update(schema.campaign).set({ config }));
    expect(await rated()).toBeNull();
    await reward(2);
    await write(ctx.db, (tx) => tx.update(schema.campaign).set({ config: {} }));
    expect(await rated()).toBeNull();
    await write(ctx.db, (tx) => tx.update(schema.campaign).set({ config }));
    expect(await rated()).toBeGreaterThan(0);
  });
});
