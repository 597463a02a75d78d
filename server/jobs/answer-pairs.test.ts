import path from "node:path";
import { asc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { completion, job, model, prompt, round, task } from "../db/schema";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import type { ModelId } from "../domain/ids";
import { saveModel } from "../ml/checkpoint/save-model";
import { tinyModel } from "../ml/rlhf/testing";
import { changeSettings, createCampaign, zNewCampaign } from "../services/campaigns-change";
import { getCampaign } from "../services/campaigns";
import type { Actor, Services } from "../services/context";
import { openCampaign } from "../services/rounds";
import { registerModel } from "../services/run-record";
import { testActor, testServices } from "../services/testing";
import { answerJob } from "./answer";
import { work } from "./work";

const lists = Array.from(
  { length: 30 },
  (_, i) => `sort: ${i % 10} ${(i * 7) % 10} ${9 - (i % 7)}`,
);

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let [own, other] = ["", ""] as ModelId[];

  async function addModel(name: string, seed: number): Promise<ModelId> {
    const policy = tinyModel({}, seed, "sort: 0123456789");
    const folder = path.join(ctx.folders.models, name);
    const { hash } = await saveModel(folder, policy, policy.tokenizer);
    const about = { name, hash, path: folder, architecture: "GPT2LMHeadModel", parameters: 1000 };
    const row = await registerModel(ctx, { ...about, kind: "policy", source: "dropped-in" });
    return row.id;
  }
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    own = await addModel("own", 1);
    other = await addModel("other", 2);
  });

  const input = (change: object = {}) =>
    zNewCampaign.parse({
      name: "Duel",
      policyModelId: own,
      comparing: { againstModelId: other, steps: 5 },
      tasksPerRound: 4,
      sampling: { maxNewTokens: 6 },
      prompts: { content: lists.join("\n"), fileName: "" },
      ...change,
    });
  const create = async (change: object = {}) => await createCampaign(ctx, admin, input(change));
  const answer = async () => {
    const stop = new AbortController().signal;
    await work(ctx, { definitions: [answerJob], stop, untilIdle: true, log: () => {} });
  };
  const tasks = () => ctx.db.read.select().from(task).orderBy(asc(task.createdAt));

  test("a campaign that compares has two answers a task and names its opponent", async () => {
    const { id } = await create();
    const { campaign, against, policy } = await getCampaign(ctx, admin, { campaignId: id });
    expect(campaign).toMatchObject({
      completionsPerTask: 2,
      config: { comparing: { againstModelId: other, steps: 5 } },
    });
    expect({ against, policy }).toMatchObject({
      against: { id: other, name: "other" },
      policy: { id: own, name: "own" },
    });
  });

  test("the opponent must be another model that is there and answers", async () => {
    const against = (againstModelId: ModelId) =>
      create({ comparing: { againstModelId, steps: 7 } });
    await expect(against(own)).rejects.toThrow("cannot be compared with itself");
    await expect(against("gone" as ModelId)).rejects.toMatchObject({ code: "not-found" });
    await write(ctx.db, (tx) =>
      tx.update(model).set({ kind: "reward" }).where(eq(model.id, other)),
    );
    await expect(against(other)).rejects.toThrow("is a reward model");
  });

  test("what is compared, and on which scale, stays once the campaign is open", async () => {
    const { id } = await create();
    await openCampaign(ctx, admin, { campaignId: id });
    const { prompts: _, ...settings } = input();
    const change = (comparing: object | undefined) =>
      changeSettings(ctx, admin, {
        ...settings,
        campaignId: id,
        comparing: comparing && { againstModelId: other, steps: 5, ...comparing },
      });
    await expect(change({ steps: 7 })).rejects.toThrow("on which scale stays");
    await expect(change(undefined)).rejects.toMatchObject({ code: "conflict" });
    await change({});
  });

  test("each task has one answer of either model, as many as wanted, and begun again no more", async () => {
    const { id } = await create();
    await openCampaign(ctx, admin, { campaignId: id });
    await answer();
    const made = await tasks();
    expect(made).toHaveLength(4);
    for (const { completionIds, promptId } of made) {
      const answers = await ctx.db.read
        .select()
        .from(completion)
        .where(eq(completion.promptId, promptId));
      const inOrder = completionIds.map((one) => answers.find((row) => row.id === one));
      expect(inOrder.map((row) => row?.modelId)).toEqual([own, other]);
      expect(inOrder[0]?.text.trim()).not.toBe(inOrder[1]?.text.trim());
    }
    expect((await ctx.db.read.select().from(round))[0].status).toBe("collecting");
    const heldOut = await ctx.db.read.select().from(prompt).where(eq(prompt.split, "heldout"));
    const asked = new Set(made.map(({ promptId }) => promptId));
    expect(heldOut.some((row) => asked.has(row.id))).toBe(false);

    // the worker died before it could say that it was done
    await write(ctx.db, async (tx) => {
      await tx.update(round).set({ status: "answering" });
      await tx.update(job).set({ status: "queued" });
    });
    await answer();
    expect(await tasks()).toEqual(made);
  });

  test("two models that say the same give no task, and the round says what to do", async () => {
    const twin = await addModel("twin", 1);
    const { id } = await create({ comparing: { againstModelId: twin, steps: 7 } });
    await openCampaign(ctx, admin, { campaignId: id });
    await answer();
    expect(await tasks()).toEqual([]);
    const [failed] = await ctx.db.read.select().from(job);
    expect(failed.error).toMatch(
      /^The two models give the same answer .* or compare another model/,
    );
  });
});
