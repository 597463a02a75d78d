import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { encode } from "next-auth/jwt";
import { afterEach, beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
import { updateUser } from "../db/queries/user";
import { write } from "../db/write";
import type { Services } from "../services/context";
import { sessionSecret } from "../services/secret";
import { endAndRecord, startSession } from "../services/sessions";
import { testActor, testServices } from "../services/testing";
import { answerNodeCall } from "./node-call";

const shared = globalThis as { revealedServices?: Services };

forEachDialect((makeDb) => {
  let ctx: Services;
  let server: Server;
  let address: string;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    shared.revealedServices = ctx;
    server = createServer((req, res) => void answerNodeCall(req, res)).listen(0);
    await once(server, "listening");
    address = `http://localhost:${(server.address() as AddressInfo).port}/api/trpc/`;
  });
  afterEach(async () => {
    delete shared.revealedServices;
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  });

  const signedIn = async () => {
    const actor = await testActor(ctx, "labeler");
    const of = await write(ctx.db, (tx) =>
      startSession(tx, actor.id, { method: "password", device: "test" }),
    );
    const token = await encode({ token: { signedIn: of }, secret: sessionSecret(ctx.folders) });
    return { actor, of, cookie: `theme=dark; next-auth.session-token=${token}; last=1` };
  };
  const own = (cookie: string) => fetch(`${address}labeling.progress`, { headers: { cookie } });

  test("a session's cookie lets in, until the session is ended; a forged one does not", async () => {
    const { actor, of, cookie } = await signedIn();
    for (let again = 0; again < 2; again++) {
      const answer = await own(cookie);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ result: { data: { json: [] } } });
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
    expect((await own(`${cookie.slice(0, -20)}forged`)).status).toBe(401);
    expect((await own("")).status).toBe(401);
    await write(ctx.db, (tx) => endAndRecord(tx, actor, { userId: actor.id, only: of.sessionId }));
    expect((await own(cookie)).status).toBe(401); // the cookie was opened before, the session is asked for anew
  });

  test("a refusal is in the language that was chosen, else the person's, else the browser's", async () => {
    const { actor, cookie } = await signedIn();
    const refused = async (headers: Record<string, string>) => {
      const answer = await fetch(`${address}people.invites`, { headers });
      return ((await answer.json()) as { error: { json: { message: string } } }).error.json.message;
    };
    const korean = { "accept-language": "ko-KR, en;q=0.5" };
    expect(await refused({})).toBe("Sign in first.");
    expect(await refused(korean)).toBe("먼저 로그인해 주세요.");
    expect(await refused({ ...korean, cookie: "locale=en" })).toBe("Sign in first.");
    expect(await refused({ cookie })).toMatch("does not allow this");
    await write(ctx.db, (tx) => updateUser(tx, actor.id, { locale: "ko" }));
    expect(await refused({ cookie })).toMatch("지금 역할(라벨러)로는");
    expect(await refused({ cookie: `${cookie}; locale=en` })).toMatch("does not allow this");
  });

  test("a body is read with its length and without, and cut off when it is too long", async () => {
    const { cookie } = await signedIn();
    const post = (body: BodyInit, duplex?: "half") =>
      fetch(`${address}work.setLanguages`, {
        method: "POST",
        headers: { cookie, "content-type": "application/json" },
        body,
        ...(duplex && { duplex }),
      });
    const fits = '{"json":{"languages":["en"]}}';
    expect((await post(fits)).status).toBe(200);
    expect((await post(new Blob([fits]).stream(), "half")).status).toBe(200);
    const long = `{"json":{"languages":["${"x".repeat(5 * 2 ** 20)}"]}}`;
    const refused = await post(long);
    expect(refused.status).toBe(413);
    expect(await refused.text()).toContain("more than 4 MB");
  });
});
