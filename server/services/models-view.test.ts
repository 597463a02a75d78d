import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import * as schema from "../db/schema";
import { forEachDialect, type MakeDb } from "../db/testing";
import { write } from "../db/write";
import { type ModelId, zModelId } from "../domain/ids";
import { ancestorsOf, getModel, listModels } from "./models-view";
import { testCampaign } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

async function world(makeDb: MakeDb) {
  const ctx = await testServices(makeDb);
  const researcher = await testActor(ctx, "researcher");
  const campaign = await testCampaign(ctx, "Sorter");
  const folder = path.join(ctx.folders.models, "child");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "config.json"), '{"model_type":"llama"}');
  const [base, child, grandchild] = await write(ctx.db, async (tx) => {
    const [base] = await tx.select().from(schema.model);
    const insert = async (name: string, at: string, parentId: ModelId) => {
      const [row] = await tx
        .insert(schema.model)
        .values({ ...base, id: undefined, name, path: at, parentId, source: "trained" })
        .returning();
      return row;
    };
    const child = await insert("child", folder, base.id);
    return [base, child, await insert("grandchild", "/gone", child.id)];
  });
  return { ctx, researcher, campaign, base, child, grandchild };
}

forEachDialect((makeDb) => {
  test("a model shows where it comes from, what came of it and where it served", async () => {
    const { ctx, researcher, base, child, grandchild } = await world(makeDb);
    expect(await listModels(ctx, researcher)).toHaveLength(3);
    const shown = await getModel(ctx, researcher, { id: child.id });
    expect(shown.ancestors.map(({ name }) => name)).toEqual([base.name]);
    expect(shown.children.map(({ name }) => name)).toEqual(["grandchild"]);
    expect(shown.config).toEqual({ model_type: "llama" });
    expect(shown.rounds).toEqual([]);
    const [served] = (await getModel(ctx, researcher, { id: base.id })).rounds;
    expect(served).toMatchObject({ campaignName: "Sorter", round: 1, policyModelId: base.id });
    const gone = await getModel(ctx, researcher, { id: grandchild.id });
    expect(gone.config).toBeNull();
    expect(gone.ancestors.map(({ name }) => name)).toEqual([base.name, "child"]);
  });

  test("labelers may not look, and a model that is gone is said to be", async () => {
    const { ctx, researcher } = await world(makeDb);
    const labeler = await testActor(ctx, "labeler");
    await expect(listModels(ctx, labeler)).rejects.toMatchObject({ code: "forbidden" });
    const id = zModelId.parse("none");
    await expect(getModel(ctx, researcher, { id })).rejects.toMatchObject({ code: "not-found" });
  });
});

test("a circle of parents ends the line of ancestors", () => {
  const [a, b] = ["a", "b"].map((id) => zModelId.parse(id));
  const models = [
    { id: a, parentId: b },
    { id: b, parentId: a },
  ];
  expect(ancestorsOf(a, models).map(({ id }) => id)).toEqual([b]);
});
