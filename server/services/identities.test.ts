import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import { listAudit, zListAudit } from "./audit";
import type { Actor, Services } from "./context";
import { disconnect, type Identity, ownIdentities, signInWithIdentity } from "./identities";
import { createInvite } from "./invites";
import { actorOf } from "./sessions";
import { signInWithPassword } from "./sign-in";
import { testActor, testServices } from "./testing";
import { changePassword, createUser, setDisabled } from "./users";

const password = "correct horse battery";
const ann: Identity = {
  provider: "oidc",
  subject: "a-1",
  name: "Ann",
  email: "Ann@Example.org",
  emailVerified: true,
};
const arriving = { device: "Firefox, Linux", inviteToken: null, actor: null, joinRole: null };

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
  });
  const arrive = (identity: Identity, by: Partial<Parameters<typeof signInWithIdentity>[2]> = {}) =>
    signInWithIdentity(ctx, identity, { ...arriving, ...by });
  async function whoIs(result: Awaited<ReturnType<typeof arrive>>) {
    return "refused" in result ? result.refused : await actorOf(ctx, result);
  }

  test("somebody unknown is not let in, unless an invitation or the install's setting does", async () => {
    expect(await whoIs(await arrive(ann))).toBe("no-account");
    expect(await whoIs(await arrive(ann, { inviteToken: "forged" }))).toBe("invitation");
    const invite = { role: "reviewer", uses: 1, days: 1, campaignId: null } as const;
    const inviteToken = (await createInvite(ctx, admin, invite)).path.split("token=")[1];
    expect(await whoIs(await arrive(ann, { inviteToken }))).toMatchObject({
      name: "Ann",
      role: "reviewer",
    });
    expect(await whoIs(await arrive(ann))).toMatchObject({ name: "Ann" }); // known by now
    const bob = { ...ann, subject: "b-1", name: "Bob", email: null };
    expect(await whoIs(await arrive(bob, { inviteToken }))).toBe("invitation"); // used up
    expect(await whoIs(await arrive(bob, { joinRole: "labeler" }))).toMatchObject({
      name: "Bob",
      role: "labeler",
    });
    const { rows } = await listAudit(ctx, admin, { ...zListAudit.parse({}), search: "b-1" });
    expect(rows.map((row) => row.action)).toEqual(["user.identity"]);
  });

  test("a verified address finds the account that an admin made for it, an unverified one finds none", async () => {
    const made = { name: "Ann A.", email: "ann@example.org", role: "researcher" } as const;
    const { id } = await createUser(ctx, admin, { ...made, password: null });
    expect(await whoIs(await arrive({ ...ann, emailVerified: false }))).toBe("no-account");
    expect(await whoIs(await arrive(ann))).toMatchObject({ id, name: "Ann A." });
    await setDisabled(ctx, admin, { userId: id, disabled: true });
    expect(await whoIs(await arrive(ann))).toBe("disabled");
  });

  test("an address with a password is not taken over: its owner connects from within", async () => {
    const made = { name: "Ann", email: "ann@example.org", role: "labeler", password } as const;
    await createUser(ctx, admin, made);
    expect(await whoIs(await arrive(ann, { joinRole: "labeler" }))).toBe("no-account");
    const session = (await signInWithPassword(ctx, made))!;
    const actor = (await actorOf(ctx, session))!;
    expect(await arrive(ann, { actor })).toStrictEqual(session); // the session goes on
    expect(await whoIs(await arrive(ann))).toMatchObject({ id: actor.id });
    expect(await whoIs(await arrive(ann, { actor: admin }))).toBe("taken");
    expect(await ownIdentities(ctx, actor)).toMatchObject([{ provider: "oidc" }]);
    await disconnect(ctx, actor, { provider: "oidc" });
    expect(await whoIs(await arrive(ann))).toBe("no-account");
  });

  test("the only way in cannot be taken away", async () => {
    const session = await arrive(ann, { joinRole: "labeler" });
    const actor = (await whoIs(session)) as Actor;
    const alone = disconnect(ctx, actor, { provider: "oidc" });
    await expect(alone).rejects.toThrow("only way to sign in");
    await changePassword(ctx, actor, { current: null, next: password });
    await disconnect(ctx, actor, { provider: "oidc" });
  });
});
