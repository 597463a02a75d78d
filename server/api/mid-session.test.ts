import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import * as schema from "../db/schema";
import type { Actor, Services } from "../services/context";
import type { LabelerTask } from "../services/labeling";
import { setMember } from "../services/members";
import { actorOf, type SignedIn } from "../services/sessions";
import { signInWithPassword } from "../services/sign-in";
import { type TestCampaign, testCampaign, testTask } from "../services/snapshots-testing";
import { testActor, testServices } from "../services/testing";
import { createUser, setDisabled, setRole } from "../services/users";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

const createCaller = createCallerFactory(appRouter);
const password = "correct horse battery";
const unseen = "\u202ereversed\u202c\u200b \u2066isolated\u2069 \u{E0041}";

const ranking = ({ completions }: LabelerTask, comment?: string) => ({
  groups: [completions.map(({ letter }) => letter)],
  notRankable: [],
  noneAcceptable: false,
  seconds: 3,
  ...(comment === undefined ? {} : { comment }),
});
const draft = (comment = "") => ({
  version: 1,
  ranks: { A: 1 },
  notRankable: [],
  noneAcceptable: false,
  comment,
  seconds: 1,
});

/** What is done while a page is open, through the API, as that page asks: who asks is read at every request. */
forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let campaign: TestCampaign;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    campaign = await testCampaign(ctx, "sorting");
    for (const name of ["p", "q"])
      await testTask(ctx, campaign, name, [`${name}1`, `${name}2`, `${name}3`, `${name}4`]);
  });

  const join = async (role: "labeler" | "admin") => {
    const email = `${role}@example.org`;
    const { id } = await createUser(ctx, admin, { name: "Ann", email, role, password });
    return { id, signIn: async () => (await signInWithPassword(ctx, { email, password }))! };
  };
  const as = async (session: SignedIn) =>
    createCaller({ ...ctx, actor: await actorOf(ctx, session) });
  const rankings = () => ctx.db.read.select().from(schema.ranking);

  test("a labeler made inactive is asked to sign in; back again, what was begun is there and is taken", async () => {
    const { id, signIn } = await join("labeler");
    const session = await signIn();
    const task = (await (await as(session)).labeling.next({}))!;
    const { assignmentId } = task;
    await (await as(session)).labeling.saveDraft({ assignmentId, draft: draft("half") });
    await setDisabled(ctx, admin, { userId: id, disabled: true });
    const asked = { assignmentId, ranking: ranking(task) };
    const page = await as(session);
    for (const call of [
      () => page.labeling.submit(asked),
      () => page.labeling.saveDraft({ assignmentId, draft: draft("more") }),
      () => page.labeling.next({}),
      () => page.labeling.skip({ assignmentId, reason: "other" }),
      () => page.demonstrations.next({}),
    ])
      await expect(call()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(await rankings()).toEqual([]);
    await setDisabled(ctx, admin, { userId: id, disabled: false });
    const back = await as(await signIn());
    expect(await back.labeling.next({})).toMatchObject({
      assignmentId,
      draft: { comment: "half" },
    });
    expect(await back.labeling.submit(asked)).toEqual({ outcome: "accepted" });
  });

  test("a labeler whose role was taken away is refused, loses nothing, and goes on when it is given back", async () => {
    const { id, signIn } = await join("labeler");
    const session = await signIn();
    const task = (await (await as(session)).labeling.next({}))!;
    const { assignmentId } = task;
    await setRole(ctx, admin, { userId: id, role: "guest" });
    const page = await as(session);
    const asked = { assignmentId, ranking: ranking(task) };
    await expect(page.labeling.submit(asked)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(page.labeling.saveDraft({ assignmentId, draft: draft() })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    // a guest with a part in another campaign is none in this one
    const other = await testCampaign(ctx, "another");
    await setMember(ctx, admin, { ...other, person: { userId: id }, role: "labeler" });
    await expect((await as(session)).labeling.submit(asked)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await rankings()).toEqual([]);
    await setRole(ctx, admin, { userId: id, role: "labeler" });
    expect(await (await as(session)).labeling.submit(asked)).toEqual({ outcome: "accepted" });
  });

  test("an admin who was demoted changes nothing from a page that is still open", async () => {
    const { id, signIn } = await join("admin");
    const session = await signIn();
    const { campaignId } = campaign;
    const before = await ctx.db.read.select().from(schema.campaign);
    expect(await (await as(session)).people.list({})).toMatchObject({ people: 2 });
    await setRole(ctx, admin, { userId: id, role: "labeler" });
    const page = await as(session);
    for (const call of [
      () => page.people.list({}),
      () => page.people.setRole({ userId: id, role: "admin" }),
      () => page.people.setDisabled({ userId: admin.id, disabled: true }),
      () => page.campaigns.close({ campaignId }),
      () => page.studies.list({ campaignId }),
      () => page.quality.get({ campaignId }),
    ])
      await expect(call()).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await ctx.db.read.select().from(schema.campaign)).toEqual(before);
    expect(await page.labeling.next({})).not.toBeNull();
  });

  test("a text of a megabyte, times that no clock has, and an id that nobody was given are refused, and change nothing", async () => {
    const session = await (await join("labeler")).signIn();
    const page = await as(session);
    const task = (await page.labeling.next({}))!;
    const { assignmentId } = task;
    const megabyte = "x".repeat(2 ** 20);
    const seconds = [-1, 86_401, 1e12, Number.NaN];
    for (const call of [
      () => page.labeling.submit({ assignmentId, ranking: ranking(task, megabyte) }),
      () => page.labeling.saveDraft({ assignmentId, draft: draft(megabyte) }),
      () => page.labeling.skip({ assignmentId, reason: "other", note: megabyte }),
      ...seconds.flatMap((wrong) => [
        () => page.labeling.submit({ assignmentId, ranking: { ...ranking(task), seconds: wrong } }),
        () => page.labeling.saveDraft({ assignmentId, draft: { ...draft(), seconds: wrong } }),
      ]),
    ])
      await expect(call()).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const demonstration = (await page.demonstrations.next({}))!;
    await expect(
      page.demonstrations.saveDraft({ ...demonstration, text: megabyte }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const forged = "forged0forged0forged" as typeof assignmentId;
    for (const call of [
      () => page.labeling.submit({ assignmentId: forged, ranking: ranking(task) }),
      () => page.labeling.renew({ assignmentId: forged }),
      () => page.labeling.skip({ assignmentId: forged, reason: "other" }),
    ])
      await expect(call()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await rankings()).toEqual([]);
    const [row] = await ctx.db.read.select().from(schema.assignment);
    expect(row).toMatchObject({ status: "active", draft: null });
  });

  test("what cannot be seen is kept as it was said, and a text of nothing else is none", async () => {
    const page = await as(await (await join("labeler")).signIn());
    const task = (await page.labeling.next({}))!;
    const { assignmentId } = task;
    await page.labeling.saveDraft({ assignmentId, draft: draft(unseen) });
    expect(await page.labeling.next({})).toMatchObject({ draft: { comment: unseen } });
    await page.labeling.submit({ assignmentId, ranking: ranking(task, unseen) });
    expect(await rankings()).toMatchObject([{ comment: unseen }]);
    const { demonstrationId } = (await page.demonstrations.next({}))!;
    const blank = "\u200b\u2060\ufeff \u202e\u202c";
    await expect(
      page.demonstrations.submit({ demonstrationId, text: blank }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await page.demonstrations.submit({ demonstrationId, text: unseen })).toMatchObject({
      taken: true,
    });
  });
});
