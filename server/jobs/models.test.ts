import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import { createGenerator } from "../ml/generate/generator";
import { saveModel } from "../ml/checkpoint/save-model";
import { tinyModel } from "../ml/rlhf/testing";
import type { Actor, Services } from "../services/context";
import { importState, requestImport } from "../services/models";
import { listModels } from "../services/models-view";
import { testActor, testServices } from "../services/testing";
import { importModelsJob } from "./import-models";
import { sampleDistinct } from "./sample-distinct";
import { work } from "./work";

forEachDialect((makeDb) => {
  let ctx: Services;
  let researcher: Actor;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    researcher = await testActor(ctx, "researcher");
  });

  async function search() {
    await requestImport(ctx, researcher);
    expect(await importState(ctx, researcher)).toMatchObject({ searching: true });
    const stop = new AbortController().signal;
    await work(ctx, { definitions: [importModelsJob], stop, untilIdle: true });
    return await importState(ctx, researcher);
  }

  test("model folders that were dropped in are found once; what is none says why", async () => {
    const model = tinyModel();
    const folder = path.join(ctx.folders.shippedModels, "tiny");
    await saveModel(folder, model, model.tokenizer);
    const broken = path.join(ctx.folders.models, "broken");
    mkdirSync(broken, { recursive: true });
    writeFileSync(
      path.join(broken, "config.json"),
      '{"model_type": "mamba", "architectures": ["MambaForCausalLM"], "vocab_size": 10}',
    );

    const first = await search();
    expect(first).toMatchObject({ imported: 1, searching: false });
    expect(first.problems.map((problem) => problem.folder)).toStrictEqual([broken]);
    expect(first.problems[0].reason).toMatch(/mamba/);
    expect(await listModels(ctx, researcher)).toMatchObject([
      { name: "tiny", kind: "policy", architecture: "GPT2LMHeadModel", source: "dropped-in" },
    ]);
    expect(await search()).toMatchObject({ imported: 0 });
    expect(await listModels(ctx, researcher)).toHaveLength(1);
  });
});

test("answers to one prompt differ, are seeded, and are as many as asked for", async () => {
  const model = tinyModel();
  const generator = await createGenerator(model);
  const sampling = { count: 6, seed: 7, maxNewTokens: 8, temperature: 1 };
  const ask = () => sampleDistinct(model, generator, ["abc", "hg"], sampling);
  const answers = await ask();
  await expect(ask()).resolves.toStrictEqual(answers);
  await generator.dispose();
  for (const of of answers) {
    expect(of).toHaveLength(6);
    expect(new Set(of.map((answer) => answer.text.trim())).size).toBe(6);
    expect(of.every((answer) => answer.text.trim() !== "")).toBe(true);
  }
});

test("a policy with nothing more to say gives fewer, and is asked ever warmer", async () => {
  const model = tinyModel();
  const generator = await createGenerator(model);
  const sampling = { count: 9, seed: 7, maxNewTokens: 1, temperature: 0.5, topK: 2 };
  const [answers] = await sampleDistinct(model, generator, ["abc"], sampling);
  await generator.dispose();
  expect(answers.length).toBeLessThanOrEqual(2);
});
