import * as fc from "fast-check";
import { beforeEach, expect, test, vi } from "vitest";
import { forEachDialect } from "../db/testing";
import { type Actor, type Services } from "../services/context";
import { testActor, testServices } from "../services/testing";
import { hostileTexts } from "./fuzz-inputs";
import { answerCall } from "./http";

const address = "http://localhost/api/trpc/";
const megabytes = (n: number) => "x".repeat(n * 2 ** 20);

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  let labeler: Actor;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
    labeler = await testActor(ctx, "labeler");
  });
  const call = (actor: Actor | null, name: string, init: RequestInit) =>
    answerCall(new Request(address + name, init), () => Promise.resolve({ ...ctx, actor }));
  const post = (actor: Actor | null, name: string, body: string) =>
    call(actor, name, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", "content-length": String(body.length) },
    });

  test("a body that is too large is refused with a sentence, more of it taken from admins", async () => {
    const json = (n: number) => JSON.stringify({ json: { content: megabytes(n) } });
    for (const actor of [null, labeler]) {
      const answer = await post(actor, "prompts.add", json(5));
      expect(answer.status).toBe(413);
      expect(await answer.text()).toContain("more than 4 MB");
    }
    const refused = await post(admin, "prompts.add", json(5));
    expect(refused.status).toBe(400); // it was read, and lacks a campaign
    expect((await post(admin, "prompts.add", json(65))).status).toBe(413);
  });

  test("a body that does not say its length is counted while it comes, and cut off", async () => {
    let taken = 0;
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          taken++;
          controller.enqueue(new Uint8Array(2 ** 20).fill(32));
        },
      });
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: endless(), duplex: "half" };
    expect((await call(labeler, "labeling.next", init)).status).toBe(413);
    expect(taken).toBeLessThan(10);
    const short = new Blob(['{"json":{"languages":null}}']).stream();
    const fits = { method: "POST", headers, body: short, duplex: "half" };
    expect((await call(labeler, "work.setLanguages", fits)).status).toBe(200);
  });

  test("whatever is sent as a body, a query or a name is a bad request, and no fault", async () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const own = '{"json":{"a":{"b":1}},"meta":{"referentialEqualities":{"a":["a.b"]}}}';
    const pollution =
      '{"json":{"a":1},"meta":{"values":{"__proto__.polluted":["Date"],"a":["class","x"]}}}';
    const bodies = ["", "null", "{", "[]", "\0", "0", deep, `{"json":${deep}}`, own, pollution];
    const names = ["labeling.submit", "prompts.add", "no.such", "labeling", "..%2f..", "%00"];
    const body = fc.oneof(
      fc.constantFrom(...bodies, ...hostileTexts.map((text) => JSON.stringify({ json: text }))),
      fc.string(),
      fc.json().map((json) => `{"json":${json},"meta":${json}}`),
    );
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), body, fc.boolean(), async (name, sent, get) => {
        const answer = get
          ? await call(admin, `${name}?input=${encodeURIComponent(sent)}`, {})
          : await post(admin, name, sent);
        const said = await answer.text();
        expect(`${answer.status} ${said}`).toMatch(/^4\d\d /);
        expect(said).not.toMatch(/\bat .+:\d+:\d+|node_modules|"stack"/);
      }),
      { numRuns: 150, seed: 1, examples: bodies.map((sent) => ["labeling.submit", sent, false]) },
    );
    log.mockReset();
    expect("polluted" in {}).toBe(false);
  });
});
