import { beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import type { Actor, Services } from "./context";
import {
  createInvite,
  createSignInLink,
  firstAdminLink,
  inspectLink,
  listInvites,
  revokeInvite,
} from "./invites";
import { testActor, testServices } from "./testing";
import { actorOf } from "./sessions";
import { join, signInWithLink, signInWithPassword } from "./sign-in";
import { changePassword, createUser, setDisabled, setRole } from "./users";

const password = "correct horse battery";
const tokenIn = (path: string): string => path.split("token=")[1];

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
  });
  const ann = { name: "Ann", email: "ann@example.org", role: "labeler", password } as const;

  test("a person signs in by password, whatever the case of the e-mail, and by nothing else", async () => {
    const { id } = await createUser(ctx, admin, ann);
    const signedIn = await signInWithPassword(ctx, { email: " Ann@Example.org", password });
    expect(signedIn?.id).toBe(id);
    expect(await signInWithPassword(ctx, { email: ann.email, password: "wrong" })).toBeNull();
    expect(await signInWithPassword(ctx, { email: "bob@example.org", password })).toBeNull();
  });

  test("a changed role is in force at the next request, and disabling ends the session", async () => {
    const { id } = await createUser(ctx, admin, ann);
    const session = (await signInWithPassword(ctx, ann))!;
    await setRole(ctx, admin, { userId: id, role: "researcher" });
    expect((await actorOf(ctx, session))?.role).toBe("researcher");
    await setDisabled(ctx, admin, { userId: id, disabled: true });
    expect(await actorOf(ctx, session)).toBeNull();
    expect(await signInWithPassword(ctx, ann)).toBeNull();
    await setDisabled(ctx, admin, { userId: id, disabled: false });
    expect(await actorOf(ctx, session)).toBeNull();
    expect(await signInWithPassword(ctx, ann)).not.toBeNull();
  });

  test("a new password ends the sessions of the old one", async () => {
    await createUser(ctx, admin, ann);
    const session = (await signInWithPassword(ctx, ann))!;
    const actor = (await actorOf(ctx, session))!;
    const wrong = changePassword(ctx, actor, { current: "no", next: "another password" });
    await expect(wrong).rejects.toMatchObject({ code: "forbidden" });
    const other = (await signInWithPassword(ctx, ann))!;
    await changePassword(ctx, actor, { current: password, next: "another password" });
    expect(await actorOf(ctx, other)).toBeNull();
    expect(await actorOf(ctx, session)).not.toBeNull(); // where it was changed one stays signed in
    expect(await signInWithPassword(ctx, ann)).toBeNull();
  });

  test("a sign-in link survives being looked at and works once", async () => {
    const { id } = await createUser(ctx, admin, ann);
    const token = tokenIn((await createSignInLink(ctx, admin, { userId: id })).path);
    expect(await inspectLink(ctx, token)).toStrictEqual({ kind: "sign-in", name: "Ann" });
    const at = await Promise.all([signInWithLink(ctx, token), signInWithLink(ctx, token)]);
    expect(at.filter(Boolean)).toMatchObject([{ id }]);
    expect(await inspectLink(ctx, token)).toStrictEqual({ kind: "unusable", why: "used-up" });
  });

  test("an invitation makes as many accounts as it says, of its role", async () => {
    const link = await createInvite(ctx, admin, {
      role: "researcher",
      uses: 2,
      days: 7,
      campaignId: null,
    });
    const token = tokenIn(link.path);
    expect(await inspectLink(ctx, token)).toStrictEqual({
      kind: "join",
      role: "researcher",
      campaign: null,
    });
    expect(await signInWithLink(ctx, token)).toBeNull(); // it names nobody to sign in
    expect(await listInvites(ctx, admin)).toMatchObject([{ usesLeft: 1 }]);
    await join(ctx, { token, name: "Bob", email: "bob@example.org", password });
    const person = await signInWithPassword(ctx, { email: "bob@example.org", password });
    expect((await actorOf(ctx, person!))?.role).toBe("researcher");
    const late = join(ctx, { token, name: "Cy", email: "cy@example.org", password });
    await expect(late).rejects.toThrow("used up");
    const forged = join(ctx, { token: "x", name: "Cy", email: "cy@example.org", password });
    await expect(forged).rejects.toThrow("does not exist");
  });

  test("an expired invitation says so", async () => {
    const link = await createInvite(ctx, admin, {
      role: "labeler",
      uses: 1,
      days: -1,
      campaignId: null,
    });
    const token = tokenIn(link.path);
    expect(await inspectLink(ctx, token)).toStrictEqual({ kind: "unusable", why: "expired" });
    const late = join(ctx, { token, name: "Cy", email: "cy@example.org", password });
    await expect(late).rejects.toThrow("has expired");
  });

  test("a revoked invitation lets nobody in", async () => {
    const link = await createInvite(ctx, admin, {
      role: "labeler",
      uses: 1,
      days: 7,
      campaignId: null,
    });
    await revokeInvite(ctx, admin, { inviteId: link.id });
    const token = tokenIn(link.path);
    expect(await inspectLink(ctx, token)).toStrictEqual({ kind: "unusable", why: "revoked" });
    await expect(
      join(ctx, { token, name: "Bob", email: "bob@example.org", password }),
    ).rejects.toThrow("was revoked");
    await expect(revokeInvite(ctx, admin, { inviteId: link.id })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("an address has one account", async () => {
    await createUser(ctx, admin, ann);
    await expect(createUser(ctx, admin, ann)).rejects.toMatchObject({ code: "conflict" });
  });

  test("somebody stays admin", async () => {
    const demoted = setRole(ctx, admin, { userId: admin.id, role: "labeler" });
    await expect(demoted).rejects.toMatchObject({ code: "conflict" });
    const disabled = setDisabled(ctx, admin, { userId: admin.id, disabled: true });
    await expect(disabled).rejects.toMatchObject({ code: "conflict" });
    await testActor(ctx, "admin", "second");
    await setRole(ctx, admin, { userId: admin.id, role: "labeler" });
  });

  test("only an admin makes accounts and links", async () => {
    for (const role of ["labeler", "researcher"] as const) {
      const actor = await testActor(ctx, role);
      await expect(createUser(ctx, actor, ann)).rejects.toMatchObject({ code: "forbidden" });
      const invite = createInvite(ctx, actor, {
        role: "admin",
        uses: 1,
        days: 1,
        campaignId: null,
      });
      await expect(invite).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("the first start's link signs in the admin who is there", async () => {
    const signedIn = await signInWithLink(ctx, tokenIn((await firstAdminLink(ctx)).path));
    expect(signedIn?.id).toBe(admin.id);
  });
});
