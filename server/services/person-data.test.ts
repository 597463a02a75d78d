import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import * as schema from "../db/schema";
import { write } from "../db/write";
import { forEachDialect } from "../db/testing";
import { listAudit, zListAudit } from "./audit";
import { listRankings } from "./campaigns-work";
import type { Actor, Services } from "./context";
import { signInWithIdentity } from "./identities";
import { createSignInLink, inspectLink } from "./invites";
import { setMember } from "./members";
import { listPeople } from "./people";
import { erasePerson, exportPerson, getPerson } from "./person-data";
import { actorOf } from "./sessions";
import { signInWithPassword } from "./sign-in";
import { testCampaign, testRanking, testTask } from "./snapshots-testing";
import { testActor, testServices } from "./testing";
import { createUser, setDisabled, setRole } from "./users";

const password = "correct horse battery";
const ann = { name: "Ann Secret", email: "ann@example.org", role: "labeler", password } as const;
const identity = {
  provider: "oidc",
  subject: "ann-at-work",
  name: ann.name,
  email: null,
  emailVerified: false,
};

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
  });

  async function annAtWork() {
    const { id } = await createUser(ctx, admin, ann);
    const session = (await signInWithPassword(ctx, ann, "Firefox, Linux"))!;
    const actor = (await actorOf(ctx, session))!;
    const arrival = { device: "", inviteToken: null, actor, joinRole: null };
    await signInWithIdentity(ctx, identity, arrival);
    const campaign = await testCampaign(ctx, "tiny");
    await setMember(ctx, admin, { ...campaign, person: { userId: id }, role: "labeler" });
    const task = await testTask(ctx, campaign, "p", ["1", "2", "3", "4"]);
    await testRanking(ctx, task, actor, [[2], [0, 1], [3]]);
    return { id, session, actor, campaign };
  }

  test("an export holds all that is kept of a person, and no secret, nor which model wrote what", async () => {
    const { id, actor } = await annAtWork();
    const { text } = await exportPerson(ctx, actor, { userId: id });
    const data = JSON.parse(text) as Record<string, unknown>;
    expect(data).toMatchObject({
      account: { name: ann.name, email: ann.email, hasPassword: true },
      identities: [{ provider: "oidc", subject: "ann-at-work" }],
      memberships: [{ campaign: "tiny", role: "labeler" }],
      sessions: [{ device: "Firefox, Linux" }],
      rankings: [{ campaign: "tiny", prompt: "p", groups: [[3], [1, 2], [4]] }],
    });
    expect(text).not.toContain("argon2");
    const bea = await testActor(ctx, "researcher", "Bea");
    await expect(exportPerson(ctx, bea, { userId: id })).rejects.toMatchObject({
      code: "forbidden",
    });
    await exportPerson(ctx, admin, { userId: id });
  });

  test("deleting leaves rankings under no name, and nothing that tells whose they were", async () => {
    const { id, session, campaign } = await annAtWork();
    const link = await createSignInLink(ctx, admin, { userId: id });
    await erasePerson(ctx, admin, { userId: id });
    expect(await actorOf(ctx, session)).toBeNull();
    expect(await signInWithPassword(ctx, ann)).toBeNull();
    expect(await inspectLink(ctx, link.path.split("token=")[1])).toMatchObject({ why: "used-up" });
    const { rows } = await listRankings(ctx, admin, { ...campaign, page: 0, roundId: undefined });
    expect(rows).toMatchObject([{ labeler: `Person ${id.slice(0, 6)}`, comment: null }]);
    const log = await listAudit(ctx, admin, zListAudit.parse({}));
    const people = await listPeople(ctx, admin);
    const person = await getPerson(ctx, admin, { userId: id });
    const everything = JSON.stringify([rows, log, people, person]);
    for (const trace of ["Ann", "ann@", "ann-at-work"]) expect(everything).not.toContain(trace);
    expect(person).toMatchObject({ erased: true, email: null, identities: [], memberships: [] });
    expect(log.rows[0]).toMatchObject({ action: "user.delete", targetId: id });
    // there is nobody to let in again
    const back = [
      setDisabled(ctx, admin, { userId: id, disabled: false }),
      setRole(ctx, admin, { userId: id, role: "admin" }),
      erasePerson(ctx, admin, { userId: id }),
    ];
    for (const attempt of back) await expect(attempt).rejects.toMatchObject({ code: "not-found" });
    await createUser(ctx, admin, ann); // the address is free
  });

  test("of what was said besides the order, steps and choices stay, and own words go", async () => {
    const { id, campaign } = await annAtWork();
    const about = { about: "task" as const, required: false };
    const questions = [
      {
        ...about,
        id: "pick",
        text: "Pick",
        kind: "choice" as const,
        options: ["yes", "no"],
        several: false,
      },
      { ...about, id: "why", text: "Why", kind: "text" as const },
    ];
    const said = { pick: "yes", why: "as Ann Secret I think so", step: 2, several: ["a"] };
    await write(ctx.db, async (tx) => {
      const config = { asked: { quality: true, flags: [], questions } };
      await tx
        .update(schema.campaign)
        .set({ config })
        .where(eq(schema.campaign.id, campaign.campaignId));
      const [{ groups }] = await tx.select().from(schema.ranking);
      const each = { [groups[0][0]]: { quality: 7, answers: said } };
      await tx.update(schema.ranking).set({ ratings: { each, answers: said } });
    });
    const { text } = await exportPerson(ctx, admin, { userId: id });
    expect(text).toContain("as Ann Secret I think so");
    await erasePerson(ctx, admin, { userId: id });
    const [{ ratings, groups }] = await ctx.db.read.select().from(schema.ranking);
    const left = { pick: "yes", step: 2, several: ["a"] };
    expect(ratings).toEqual({
      each: { [groups[0][0]]: { quality: 7, answers: left } },
      answers: left,
    });
  });

  test("one deletes oneself, nobody else's data, and the last admin stays", async () => {
    const { id, actor } = await annAtWork();
    await expect(erasePerson(ctx, actor, { userId: admin.id })).rejects.toMatchObject({
      code: "forbidden",
    });
    await erasePerson(ctx, actor, { userId: id });
    await expect(erasePerson(ctx, admin, { userId: admin.id })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await listPeople(ctx, admin)).rows.map((row) => row.name)).toContain("admin");
  });
});
