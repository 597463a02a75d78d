import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import type { Letter } from "../domain/ranking";
import { listAudit } from "./audit";
import type { Actor, Services } from "./context";
import { answerScreening, configureEntry, getEntry, getEntrySettings, yetToEnter } from "./entry";
import { makeGold } from "./gold";
import { demonstrationProgress, nextDemonstration } from "./demonstrations";
import { nextTask } from "./labeling";
import { erasePerson, exportPerson } from "./person-data";
import { answerQuiz, quizResult, type QuizTask, takeQuiz } from "./quiz";
import { configureQuality, setQualifications, zConfigureQuality } from "./quality";
import { testCampaign, testTask, type TestCampaign } from "./snapshots-testing";
import { testActor, testServices } from "./testing";

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let ada: Actor;
  let made: TestCampaign;
  const question = { id: "age", text: "Are you 18?", options: ["Yes", "No"], accepted: ["Yes"] };
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    ada = await testActor(ctx, "labeler", "Ada");
    made = await testCampaign(ctx, "sorting");
    await testTask(ctx, made, "ordinary", ["x1", "x2", "x3", "x4"]);
  });

  const gold = async (prompt: string) => {
    const { taskId, completionIds } = await testTask(ctx, made, prompt, ["1", "2", "3", "4"]);
    const expected = [[completionIds[0]], [completionIds[3]]];
    await makeGold(ctx, admin, { taskId, expected, explanation: "1 is the smallest" });
  };
  const ask = (quiz: { items: number; passMark: number; attempts: number } | null) =>
    configureEntry(ctx, admin, { ...made, entry: { screening: [question], quiz } });
  const yes = () => answerScreening(ctx, ada, { ...made, answers: { age: "Yes" } });
  const answer = ({ quizId, place, completions }: QuizTask, well: boolean) => {
    const order: Letter[] = completions
      .toSorted((a, b) => (well ? 1 : -1) * a.text.localeCompare(b.text))
      .map(({ letter }) => letter);
    const groups = order.map((letter) => [letter]);
    const ranking = { groups, notRankable: [], noneAcceptable: false, seconds: 1 };
    return answerQuiz(ctx, ada, { quizId, place, ranking });
  };

  test("whoever has yet to enter gets neither tasks nor prompts, and then does", async () => {
    await ask(null);
    expect(await yetToEnter(ctx, ada)).toEqual([{ campaignId: made.campaignId, name: "sorting" }]);
    expect(await nextTask(ctx, ada)).toBeNull();
    expect(await nextDemonstration(ctx, ada)).toBeNull();
    expect(await demonstrationProgress(ctx, ada)).toMatchObject([{ left: 0 }]);
    const { screening } = await getEntry(ctx, ada, made);
    expect(JSON.stringify(screening)).not.toContain("accepted");
    await expect(answerScreening(ctx, ada, { ...made, answers: { age: "Maybe" } })).rejects.toThrow(
      "Are you 18?",
    );
    expect(await yes()).toEqual({ accepted: true });
    expect(await yetToEnter(ctx, ada)).toEqual([]);
    expect(await nextTask(ctx, ada)).not.toBeNull();
    const robot = await testActor(ctx, "labeler", "Robot", true);
    expect(await nextTask(ctx, robot)).not.toBeNull();
  });

  test("a wrong answer to the screening stays, and keeps out", async () => {
    await ask(null);
    const no = await answerScreening(ctx, ada, { ...made, answers: { age: "No" } });
    expect(no).toEqual({ accepted: false });
    expect(await yes()).toEqual({ accepted: false });
    expect(await nextTask(ctx, ada)).toBeNull();
    expect(await getEntry(ctx, ada, made)).toMatchObject({ screening: { state: "refused" } });
  });

  test("the quiz is made of gold, has so many attempts, explains, and lets in", async () => {
    await expect(ask({ items: 2, passMark: 0.5, attempts: 2 })).rejects.toThrow("make more gold");
    for (const prompt of ["g", "h"]) await gold(prompt);
    await ask({ items: 2, passMark: 1, attempts: 2 });
    await expect(takeQuiz(ctx, ada, made)).rejects.toThrow("questions first");
    await yes();
    expect(await nextTask(ctx, ada)).toBeNull();
    const first = await takeQuiz(ctx, ada, made);
    expect(await answer(first, true)).toEqual({ ended: false });
    await expect(quizResult(ctx, ada, first)).rejects.toThrow("not finished");
    expect(await answer(first, false)).toEqual({ ended: false }); // said already: it stays
    const second = await takeQuiz(ctx, ada, made);
    expect(second).toMatchObject({ quizId: first.quizId, place: 1 });
    expect(await answer(second, false)).toEqual({ ended: true });
    const result = await quizResult(ctx, ada, first);
    expect(result).toMatchObject({ right: 1, needed: 2, passed: false });
    expect(result.answers[1]).toMatchObject({ right: false, explanation: "1 is the smallest" });
    expect(await nextTask(ctx, ada)).toBeNull();

    const ben = await testActor(ctx, "labeler", "Ben");
    await expect(quizResult(ctx, ben, first)).rejects.toMatchObject({ code: "not-found" });
    for (let place = 0; place < 2; place++) await answer(await takeQuiz(ctx, ada, made), true);
    expect(await getEntry(ctx, ada, made)).toMatchObject({
      quiz: { passed: true, attemptsLeft: 0 },
    });
    await expect(takeQuiz(ctx, ada, made)).rejects.toThrow("passed");
    // what was in the quiz does not come again as a task
    expect((await nextTask(ctx, ada))?.prompt).toBe("ordinary");
    expect(await getEntrySettings(ctx, admin, made)).toMatchObject({
      gold: 2,
      tried: { people: 1, attempts: 2, passed: 1 },
    });
  });

  test("a qualification is part of the same way in: passing the quiz gives it", async () => {
    await gold("g");
    const asking = (qualification: string) =>
      configureQuality(
        ctx,
        admin,
        zConfigureQuality.parse({ ...made, distribution: { qualification }, quality: {} }),
      );
    await asking("sums");
    expect(await yetToEnter(ctx, ada)).toMatchObject([{ campaignId: made.campaignId }]);
    expect(await getEntry(ctx, ada, made)).toMatchObject({
      screening: null,
      quiz: null,
      qualification: { name: "sums", had: false },
    });
    const ben = await testActor(ctx, "labeler", "Ben");
    await setQualifications(ctx, admin, { labelerId: ben.id, qualifications: ["sums", "law"] });
    expect(await yetToEnter(ctx, ben)).toEqual([]);

    await ask({ items: 1, passMark: 1, attempts: 2 });
    await yes();
    await answer(await takeQuiz(ctx, ada, made), false);
    expect(await getEntry(ctx, ada, made)).toMatchObject({ qualification: { had: false } });
    await answer(await takeQuiz(ctx, ada, made), true);
    expect(await getEntry(ctx, ada, made)).toMatchObject({ qualification: { had: true } });
    expect(await yetToEnter(ctx, ada)).toEqual([]);
    expect((await nextTask(ctx, ada))?.prompt).toBe("ordinary");
    const { rows } = await listAudit(ctx, admin, { page: 0 });
    expect(rows.find((row) => row.action === "user.qualifications")).toMatchObject({
      actor: "Ada",
      after: { qualifications: ["sums"] },
    });
  });

  test("after the last attempt there is none", async () => {
    await gold("g");
    await ask({ items: 1, passMark: 1, attempts: 1 });
    await yes();
    await answer(await takeQuiz(ctx, ada, made), false);
    await expect(takeQuiz(ctx, ada, made)).rejects.toThrow("no attempt left");
  });

  test("both stand in the log and in what is kept of a person, and go with them", async () => {
    await gold("g");
    await ask({ items: 1, passMark: 1, attempts: 1 });
    await yes();
    await answer(await takeQuiz(ctx, ada, made), true);
    const { rows } = await listAudit(ctx, admin, { page: 0 });
    const actions = rows.map((row) => row.action);
    for (const action of ["campaign.entry", "user.screening", "user.quiz"] as const)
      expect(actions).toContain(action);
    const about = { userId: ada.id };
    const kept = JSON.parse((await exportPerson(ctx, ada, about)).text) as object;
    expect(kept).toMatchObject({
      screenings: [{ answers: { age: "Yes" }, accepted: true }],
      quizzes: [{ right: 1, passed: true }],
    });
    await erasePerson(ctx, admin, about);
    const after = JSON.parse((await exportPerson(ctx, admin, about)).text) as object;
    expect(after).toMatchObject({ screenings: [], quizzes: [] });
  });
});
