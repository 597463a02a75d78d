import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import type { CampaignId } from "../domain/ids";
import { listAudit, zListAudit } from "./audit";
import { getCampaign, listCampaigns } from "./campaigns";
import { changeSettings, pauseCampaign, zCampaignUpdate } from "./campaigns-change";
import type { Actor, Services } from "./context";
import { createInvite, inspectLink, listInvites } from "./invites";
import { labelingProgress, nextTask } from "./labeling";
import { renewLease } from "./labeling-submit";
import { listMembers, removeMember, setAccess, setMember } from "./members";
import { listPrompts } from "./prompts";
import { acceptInvite, join, signInWithPassword } from "./sign-in";
import { actorOf } from "./sessions";
import { type TestCampaign, testCampaign, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";
import { createUser, setRole } from "./users";

const password = "correct horse battery";
const tokenIn = (path: string): string => path.split("token=")[1];
const whole = zListAudit.parse({});

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let here: CampaignId;
  let there: CampaignId;
  let roundHere: TestCampaign;
  let roundThere: TestCampaign;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    roundHere = await testCampaign(ctx, "here");
    roundThere = await testCampaign(ctx, "there");
    here = roundHere.campaignId;
    there = roundThere.campaignId;
  });

  /** Somebody who signs in afresh at every look: what the next request sees. */
  async function person(name: string, role: Actor["role"]) {
    const email = `${name.toLowerCase()}@example.org`;
    const { id } = await createUser(ctx, admin, { name, email, role, password });
    const session = (await signInWithPassword(ctx, { email, password }))!;
    return { id, email, now: async () => (await actorOf(ctx, session))! };
  }

  test("a guest works only where they were added, as what they were added", async () => {
    const ann = await person("Ann", "guest");
    await expect(nextTask(ctx, await ann.now())).rejects.toMatchObject({ code: "forbidden" });
    await testTask(ctx, roundHere, "p1", ["1", "2", "3", "4"]);
    await testTask(ctx, roundThere, "p2", ["1", "2", "3", "4"]);
    await setMember(ctx, admin, { campaignId: here, person: { userId: ann.id }, role: "labeler" });
    const open = await labelingProgress(ctx, await ann.now());
    expect(open.map((row) => row.campaignId)).toEqual([here]);
    expect((await nextTask(ctx, await ann.now()))?.campaign.id).toBe(here);
    expect(await nextTask(ctx, await ann.now(), { campaignId: there })).toBeNull();
    await expect(getCampaign(ctx, await ann.now(), { campaignId: here })).rejects.toThrow(
      "this campaign's researchers",
    );
  });

  test("a role that is taken away counts at the next request, in the middle of a task too", async () => {
    await testTask(ctx, roundHere, "p1", ["1", "2", "3", "4"]);
    const ann = await person("Ann", "guest");
    await setMember(ctx, admin, {
      campaignId: here,
      person: { email: ann.email },
      role: "labeler",
    });
    const { assignmentId } = (await nextTask(ctx, await ann.now()))!;
    await removeMember(ctx, admin, { campaignId: here, userId: ann.id });
    const renewed = renewLease(ctx, await ann.now(), { assignmentId });
    await expect(renewed).rejects.toMatchObject({ code: "forbidden" });
    await setRole(ctx, admin, { userId: ann.id, role: "labeler" });
    expect((await renewLease(ctx, await ann.now(), { assignmentId })).held).toBe(true);
    await setAccess(ctx, admin, { campaignId: here, membersOnly: true });
    await expect(renewLease(ctx, await ann.now(), { assignmentId })).rejects.toThrow(
      "do not label in this campaign",
    );
    expect(await labelingProgress(ctx, await ann.now())).toMatchObject([{ campaignId: there }]);
  });

  test("a campaign's admin rules that campaign and no other thing", async () => {
    const ann = await person("Ann", "labeler");
    await setMember(ctx, admin, { campaignId: here, person: { userId: ann.id }, role: "admin" });
    const actor = await ann.now();
    expect((await listCampaigns(ctx, actor)).map((row) => row.id)).toEqual([here]);
    const { campaign } = await getCampaign(ctx, actor, { campaignId: here });
    const settings = zCampaignUpdate.parse({ ...campaign, name: "Renamed", campaignId: here });
    await changeSettings(ctx, actor, settings);
    expect((await listPrompts(ctx, actor, { campaignId: here, page: 0 })).total).toBe(0);
    await pauseCampaign(ctx, actor, { campaignId: here });
    const forbidden = { code: "forbidden" };
    await expect(pauseCampaign(ctx, actor, { campaignId: there })).rejects.toMatchObject(forbidden);
    await expect(
      changeSettings(ctx, actor, { ...settings, campaignId: there }),
    ).rejects.toMatchObject(forbidden);
    await expect(listMembers(ctx, actor, { campaignId: there })).rejects.toMatchObject(forbidden);
    const invite = { role: "admin", uses: 1, days: 1 } as const;
    await createInvite(ctx, actor, { ...invite, campaignId: here });
    const wider = createInvite(ctx, actor, { ...invite, campaignId: null });
    await expect(wider).rejects.toMatchObject(forbidden);
    expect(await listInvites(ctx, actor, { campaignId: here })).toHaveLength(1);
    await expect(listInvites(ctx, actor)).rejects.toMatchObject(forbidden);
    const log = await listAudit(ctx, actor, { ...whole, campaignId: here });
    expect(log.rows.map((row) => row.action).sort()).toEqual(
      ["member.set", "campaign.settings", "campaign.status", "invite.create"].sort(),
    );
    await expect(listAudit(ctx, actor, whole)).rejects.toMatchObject(forbidden);
    await expect(setRole(ctx, actor, { userId: ann.id, role: "admin" })).rejects.toMatchObject(
      forbidden,
    );
  });

  test("an invitation to a campaign makes a guest with a role there, or adds it to who is here", async () => {
    const make = async (role: "reviewer" | "labeler") =>
      tokenIn((await createInvite(ctx, admin, { role, campaignId: here, uses: 2, days: 1 })).path);
    const token = await make("reviewer");
    expect(await inspectLink(ctx, token)).toStrictEqual({
      kind: "join",
      role: "reviewer",
      campaign: "here",
    });
    await join(ctx, { token, name: "Bob", email: "bob@example.org", password });
    const bob = (await signInWithPassword(ctx, { email: "bob@example.org", password }))!;
    const actor = (await actorOf(ctx, bob))!;
    expect(actor.role).toBe("guest");
    expect([...actor.inCampaigns!]).toStrictEqual([[here, "reviewer"]]);

    const cy = await person("Cy", "researcher");
    await acceptInvite(ctx, await cy.now(), { token });
    await acceptInvite(ctx, await cy.now(), { token: await make("labeler") });
    expect(await cy.now()).toMatchObject({
      role: "researcher",
      inCampaigns: new Map([[here, "reviewer"]]), // a narrower one takes nothing away
    });
    await expect(acceptInvite(ctx, await cy.now(), { token })).rejects.toThrow("used up");
  });

  test("an unknown address is sent to the invitation link", async () => {
    const unknown = setMember(ctx, admin, {
      campaignId: here,
      person: { email: "nobody@example.org" },
      role: "labeler",
    });
    await expect(unknown).rejects.toThrow("invite them by a link");
  });
});
