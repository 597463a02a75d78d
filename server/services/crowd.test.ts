import { beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { forEachDialect } from "../db/testing";
import { zStudyId } from "../domain/ids";
import type { Letter } from "../domain/ranking";
import { publishConsent } from "./consent";
import type { Actor, Services } from "./context";
import { enterStudy, inspectStudy, ownPart } from "./crowd";
import { labelingProgress, nextTask } from "./labeling";
import { submitRanking } from "./labeling-submit";
import { actorOf } from "./sessions";
import { createStudy, listStudies, setStudyStatus, studyCsv, zNewStudy } from "./studies";
import { type TestCampaign, testCampaign, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";
import { setRole } from "./users";

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let campaign: TestCampaign;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    campaign = await testCampaign(ctx, "tiny");
    for (const prompt of ["p1", "p2", "p3"])
      await testTask(ctx, campaign, prompt, ["1", "2", "3", "4"]);
  });

  const study = async (input: Partial<z.input<typeof zNewStudy>> = {}) =>
    createStudy(
      ctx,
      admin,
      zNewStudy.parse({
        campaignId: campaign.campaignId,
        name: "Pilot",
        market: "prolific",
        tasks: 2,
        code: "C0FFEE",
        ...input,
      }),
    );
  const worker = { worker: "5f3c9a", submission: "s1", submitTo: null, consentId: null };

  async function rank(actor: Actor) {
    const task = (await nextTask(ctx, actor))!;
    const letters = task.completions.map((each) => each.letter);
    const ranking = {
      groups: letters.map((letter): Letter[] => [letter]),
      notRankable: [],
      noneAcceptable: false,
      seconds: 30,
    };
    await submitRanking(ctx, actor, { assignmentId: task.assignmentId, ranking });
  }

  test("a worker comes in by a link, ranks what is asked, and gets the code and the way back", async () => {
    const { id: studyId } = await study();
    await testCampaign(ctx, "another");
    const actor = (await actorOf(ctx, await enterStudy(ctx, { studyId, ...worker })))!;
    expect(actor).toMatchObject({ role: "guest", name: "Prolific 5f3c9a" });
    const open = await labelingProgress(ctx, actor);
    expect(open.map((row) => row.name)).toEqual(["tiny"]);
    await rank(actor);
    expect(await ownPart(ctx, actor)).toMatchObject({ done: 1, tasks: 2, completed: null });
    await rank(actor);
    expect(await ownPart(ctx, actor)).toMatchObject({
      done: 2,
      completed: {
        code: "C0FFEE",
        back: { kind: "link", href: "https://app.prolific.com/submissions/complete?cc=C0FFEE" },
      },
    });
    expect(await listStudies(ctx, admin, campaign)).toMatchObject([{ came: 1, completed: 1 }]);
    const { text } = await studyCsv(ctx, admin, { studyId });
    expect(text.split("\r\n")[1]).toMatch(/^5f3c9a,s1,C0FFEE,.*Z,.*Z,2,1$/);
  });

  test("coming again is the same person; who has become more signs in like everybody", async () => {
    const { id: studyId } = await study();
    const first = await enterStudy(ctx, { studyId, ...worker });
    const again = await enterStudy(ctx, { studyId, ...worker, submission: "s2" });
    expect(again.id).toBe(first.id);
    const other = await enterStudy(ctx, { studyId, ...worker, worker: "another" });
    expect(other.id).not.toBe(first.id);
    await setRole(ctx, admin, { userId: first.id, role: "admin" });
    await expect(enterStudy(ctx, { studyId, ...worker })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("a closed study lets nobody new in, and who is in it finishes", async () => {
    const { id: studyId } = await study();
    const { id } = await enterStudy(ctx, { studyId, ...worker });
    await setStudyStatus(ctx, admin, { studyId, status: "closed" });
    expect((await inspectStudy(ctx, studyId))?.open).toBe(false);
    await expect(enterStudy(ctx, { studyId, ...worker, worker: "late" })).rejects.toThrow("closed");
    expect((await enterStudy(ctx, { studyId, ...worker })).id).toBe(id);
  });

  test("who has ranked all that was left is paid, though it was less than asked", async () => {
    const { id: studyId } = await study({ tasks: 10, market: "mturk", code: null });
    const submitTo = "https://evil.example";
    const signedIn = await enterStudy(ctx, { studyId, ...worker, submitTo });
    const actor = (await actorOf(ctx, signedIn))!;
    expect((await ownPart(ctx, actor))?.completed).toBeNull();
    for (let i = 0; i < 3; i++) await rank(actor);
    const { completed } = (await ownPart(ctx, actor))!;
    expect(completed).toMatchObject({ back: { kind: "code" } }); // and not to where the link said
    expect(completed?.code).toMatch(/^[0-9A-F]{12}$/);
    const twin = await enterStudy(ctx, { studyId, ...worker, worker: "twin" });
    const { completed: none } = (await ownPart(ctx, (await actorOf(ctx, twin))!))!;
    expect(none).toBeNull();
  });

  test("consent that is given at the door is kept", async () => {
    await publishConsent(ctx, admin, { text: "Agree?" });
    const { id: studyId } = await study();
    const { consent } = (await inspectStudy(ctx, studyId))!;
    const without = (await actorOf(ctx, await enterStudy(ctx, { studyId, ...worker })))!;
    await expect(nextTask(ctx, without)).rejects.toMatchObject({ code: "forbidden" });
    await enterStudy(ctx, { studyId, ...worker, consentId: consent!.id });
    expect(await nextTask(ctx, without)).not.toBeNull();
  });

  test("what a study must say, and who may make one", async () => {
    await expect(study({ code: null })).rejects.toThrow("Prolific gives a completion code");
    await expect(study({ returnUrl: "javascript:alert(1)", market: "other" })).rejects.toThrow(
      "https://",
    );
    const ann = await testActor(ctx, "labeler");
    const { id: studyId } = await study();
    await expect(studyCsv(ctx, ann, { studyId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(listStudies(ctx, ann, campaign)).rejects.toMatchObject({ code: "forbidden" });
    expect(await inspectStudy(ctx, zStudyId.parse("forged"))).toBeNull();
  });
});
