import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { encode } from "next-auth/jwt";
import { afterEach, beforeEach, expect, test } from "vitest";
import { forEachDialect } from "../db/testing";
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
