import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import { write } from "../db/write";
import { listAudit, recordChange, zListAudit } from "./audit";
import { changeSettings, createCampaign } from "./campaigns-change";
import { getCampaign } from "./campaigns";
import type { Actor, Services } from "./context";
import { createInvite } from "./invites";
import { removePrompts, listPrompts } from "./prompts";
import { signInWithPassword } from "./sign-in";
import { actorOf, endOtherSessions, endOwnSession, endSessionsOf, ownSessions } from "./sessions";
import { testActor, testServices } from "./testing";
import { changePassword, createUser, setDisabled, setRole, updateProfile } from "./users";
import { zCampaignSettings } from "../domain/campaign";

const password = "correct horse battery";

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin", "Zoe");
  });
  const log = async (filter: Partial<Parameters<typeof listAudit>[2]> = {}) =>
    (await listAudit(ctx, admin, { ...zListAudit.parse({}), ...filter })).rows;
  const ann = { name: "Ann", email: "ann@example.org", role: "labeler", password } as const;

  test("each change of an account is there with who, before and after, and no secret", async () => {
    const { id } = await createUser(ctx, admin, ann);
    await setRole(ctx, admin, { userId: id, role: "researcher" });
    await setRole(ctx, admin, { userId: id, role: "researcher" }); // changes nothing
    const session = (await signInWithPassword(ctx, ann, "Firefox, Linux"))!;
    const actor = (await actorOf(ctx, session))!;
    await updateProfile(ctx, actor, { name: "Anna" });
    await changePassword(ctx, actor, { current: password, next: "another password" });
    await setDisabled(ctx, admin, { userId: id, disabled: true });
    const rows = await log();
    expect(
      rows.map(({ action, actor: who, before, after }) => [action, who, before, after]).reverse(),
    ).toEqual([
      [
        "user.create",
        "Zoe",
        null,
        {
          name: "Ann",
          email: "ann@example.org",
          role: "labeler",
          passwordHash: "(secret)",
        },
      ],
      ["user.role", "Zoe", { role: "labeler" }, { role: "researcher" }],
      ["user.profile", "Anna", { name: "Ann" }, { name: "Anna" }],
      ["user.password", "Anna", { passwordHash: "(secret)" }, { passwordHash: "(secret)" }],
      ["user.disable", "Zoe", { disabledAt: null }, { disabledAt: expect.any(String) }],
      ["session.end", "Zoe", { device: "Firefox, Linux", method: "password" }, null],
    ]);
    expect(JSON.stringify(rows)).not.toContain("argon2");
  });

  test("what a campaign was and is, its prompts, and an invitation without its token", async () => {
    const settings = zCampaignSettings.parse({
      name: "Tiny",
      guidelines: "Rank.",
      policyModelId: null,
    });
    const { id: campaignId } = await createCampaign(ctx, admin, {
      ...settings,
      prompts: { content: "one\ntwo", fileName: "p.txt" },
    });
    const { campaign } = await getCampaign(ctx, admin, { campaignId });
    await changeSettings(ctx, admin, {
      ...settings,
      guidelines: "Rank well.",
      overlap: 3,
      campaignId,
    });
    const { rows: prompts } = await listPrompts(ctx, admin, { campaignId, page: 0 });
    await removePrompts(ctx, admin, { campaignId, promptIds: prompts.map((row) => row.id) });
    const link = await createInvite(ctx, admin, { role: "labeler", uses: 3, days: 1, campaignId });
    const rows = await log({ campaignId });
    expect(rows.map((row) => row.action).reverse()).toEqual([
      "campaign.create",
      "prompt.add",
      "campaign.settings",
      "prompt.remove",
      "invite.create",
    ]);
    expect(rows[2]).toMatchObject({
      before: { guidelines: "Rank.", overlap: campaign.overlap },
      after: { guidelines: "Rank well.", overlap: 3 },
      campaign: "Tiny",
    });
    expect(new Set(rows[1].before?.prompts as string[])).toEqual(new Set(["one", "two"]));
    expect(JSON.stringify(rows)).not.toContain(link.path.split("token=")[1]);
  });

  test("it is found by words, by noun, by person and by time", async () => {
    const { id } = await createUser(ctx, admin, ann);
    await setRole(ctx, admin, { userId: id, role: "reviewer" });
    await createInvite(ctx, admin, { role: "labeler", uses: 1, days: 1, campaignId: null });
    expect((await log({ search: "ANN@example" })).map((row) => row.action)).toEqual([
      "user.create",
    ]);
    expect((await log({ search: "reviewer" })).map((row) => row.action)).toEqual(["user.role"]);
    expect(await log({ search: "zoe" })).toHaveLength(3);
    expect(await log({ search: "%" })).toHaveLength(3); // no wildcard of SQL's
    expect((await log({ noun: "invite" })).map((row) => row.action)).toEqual(["invite.create"]);
    expect(await log({ actorId: id })).toEqual([]);
    expect(await log({ until: new Date(Date.now() - 60_000) })).toEqual([]);
    expect(await log({ since: new Date(Date.now() - 60_000) })).toHaveLength(3);
    const labeler = await testActor(ctx, "labeler");
    const refused = listAudit(ctx, labeler, zListAudit.parse({}));
    await expect(refused).rejects.toMatchObject({ code: "forbidden" });
  });

  test("an entry and its change are both there or neither", async () => {
    const failing = write(ctx.db, async (tx) => {
      const target = { id: "x", name: "x" };
      await recordChange(tx, admin, { action: "user.create", target, after: { a: 1 } });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await log()).toEqual([]);
  });

  test("sessions are listed to their person, who ends one, all others, or an admin all", async () => {
    const { id } = await createUser(ctx, admin, ann);
    const first = (await signInWithPassword(ctx, ann, "Firefox, Linux"))!;
    const second = (await signInWithPassword(ctx, ann, "Safari, iPhone"))!;
    const third = (await signInWithPassword(ctx, ann, "Chrome, Windows"))!;
    const actor = (await actorOf(ctx, first))!;
    const listed = await ownSessions(ctx, actor);
    expect(new Map(listed.map(({ device, current }) => [device, current]))).toEqual(
      new Map([
        ["Chrome, Windows", false],
        ["Firefox, Linux", true],
        ["Safari, iPhone", false],
      ]),
    );
    await endOwnSession(ctx, actor, { sessionId: second.sessionId });
    expect(await actorOf(ctx, second)).toBeNull();
    const again = endOwnSession(ctx, actor, { sessionId: second.sessionId });
    await expect(again).rejects.toMatchObject({ code: "not-found" });
    expect(await endOtherSessions(ctx, actor)).toBe(1);
    expect(await actorOf(ctx, third)).toBeNull();
    expect(await actorOf(ctx, first)).not.toBeNull();
    const foreign = endOwnSession(ctx, admin, { sessionId: first.sessionId });
    await expect(foreign).rejects.toMatchObject({ code: "not-found" });
    await expect(endSessionsOf(ctx, actor, { userId: admin.id })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await endSessionsOf(ctx, admin, { userId: id })).toBe(1);
    expect(await actorOf(ctx, first)).toBeNull();
    expect(await actorOf(ctx, { ...third, id: admin.id })).toBeNull();
  });
});
