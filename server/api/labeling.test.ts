import { expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import * as schema from "../db/schema";
import { write } from "../db/write";
import { testCampaign, testTask } from "../services/snapshots-testing";
import { testActor, testServices } from "../services/testing";
import { demonstrations } from "./demonstrations";
import { labeling } from "./labeling";
import { createCallerFactory, router } from "./trpc";

const createCaller = createCallerFactory(router({ labeling, demonstrations }));

/** Every key and every value in what was answered. */
function words(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(words);
  if (value instanceof Date || typeof value !== "object" || value === null) return [String(value)];
  return Object.keys(value).concat(Object.values(value).flatMap(words));
}

forEachDialect((makeDb) => {
  test("nothing that a labeler receives tells which model wrote what, or whether it is right", async () => {
    const ctx = await testServices(makeDb);
    const campaign = await testCampaign(ctx, "sorting");
    const made = [];
    for (const name of ["p", "q", "r"])
      made.push(
        await testTask(ctx, campaign, name, [`${name}1`, `${name}2`, `${name}3`, `${name}4`]),
      );
    const [model] = await ctx.db.read.select().from(schema.model);
    await write(ctx.db, (tx) =>
      tx.update(schema.completion).set({
        modelId: model.id,
        correct: true,
        seed: 987_654_321,
        params: { temperature: 0.1234 },
      }),
    );

    const labeler = createCaller({ ...ctx, actor: await testActor(ctx, "labeler", "Ada") });
    const first = (await labeler.labeling.next({}))!;
    const second = (await labeler.labeling.next({ besides: [first.assignmentId] }))!;
    const { assignmentId } = first;
    const draft = {
      version: 1,
      ranks: { A: 1 },
      notRankable: [],
      noneAcceptable: false,
      comment: "",
      seconds: 1,
    };
    const ranking = {
      groups: [first.completions.map(({ letter }) => letter)],
      notRankable: [],
      noneAcceptable: false,
      seconds: 2,
    };
    const received = [
      first,
      second,
      await labeler.labeling.saveDraft({ assignmentId, draft }),
      await labeler.labeling.renew({ assignmentId }),
      await labeler.labeling.submit({ assignmentId, ranking }),
      await labeler.labeling.skip({ assignmentId: second.assignmentId, reason: "broken" }),
      await labeler.labeling.next({}),
      await labeler.labeling.progress(),
      await labeler.demonstrations.next({}),
      await labeler.demonstrations.progress(),
      await labeler.demonstrations.mine(),
    ].flatMap(words);

    const columns =
      "modelId correct seed params finish completionIds shownOrder taskId roundId simulated overlap servedBecause";
    const ids = made.flatMap((task) => [task.taskId, task.promptId, task.completionIds]).flat();
    const values = [model.id, model.name, model.path, "987654321", "0.1234"];
    const secrets = new Set<string>([...columns.split(" "), ...ids, ...values]);
    expect(received.filter((word) => secrets.has(word))).toEqual([]);
    // a lease that is held says so twice; nothing else is a yes or no
    expect(received.filter((word) => word === "true")).toHaveLength(2);
  });
});
