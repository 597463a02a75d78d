import { createServer } from "node:net";
import { once } from "node:events";
import { beforeEach, expect, test, vi } from "vitest";
import { forEachDialect } from "../db/testing";
import type { Actor, Services } from "./context";
import { createSignInLink } from "./invites";
import { requestSignInLink } from "./link-request";
import { type Mail, mailSettings, sendMail } from "./mail";
import { listPeople } from "./people";
import { signInWithLink } from "./sign-in";
import { testActor, testServices } from "./testing";
import { createUser, setDisabled } from "./users";

const settings = {
  smtp: "smtp://localhost",
  from: "r@example.org",
  site: "https://label.example.org",
};

forEachDialect((makeDb) => {
  let ctx: Services;
  let admin: Actor;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
    admin = await testActor(ctx, "admin");
  });
  const ann = { name: "Ann", email: "ann@example.org", role: "labeler", password: null } as const;

  test("a mail brings a link that signs in once, and its address is the site's own", async () => {
    const { id } = await createUser(ctx, admin, ann);
    const mails: Mail[] = [];
    const ask = (email: string) =>
      requestSignInLink(ctx, { email }, settings, async (mail) => void mails.push(mail));
    expect(await ask(ann.email)).toStrictEqual({ by: "mail" });
    expect(await ask("nobody@example.org")).toStrictEqual({ by: "mail" }); // told the same
    expect(mails).toHaveLength(1);
    expect(mails[0].to).toBe(ann.email);
    const link = new URL(/https:\S+/.exec(mails[0].text)![0]);
    expect(link.origin).toBe(settings.site);
    const token = link.searchParams.get("token")!;
    expect((await signInWithLink(ctx, token))?.id).toBe(id);
    expect(await signInWithLink(ctx, token)).toBeNull();
    await setDisabled(ctx, admin, { userId: id, disabled: true });
    await ask(ann.email);
    expect(mails).toHaveLength(1);
  });

  test("a mail that fails is the log's business, and the answer is the same", async () => {
    await createUser(ctx, admin, ann);
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const failing = async () => Promise.reject(new Error("no route"));
    expect(await requestSignInLink(ctx, ann, settings, failing)).toStrictEqual({ by: "mail" });
    await vi.waitFor(() => expect(log).toHaveBeenCalledOnce());
    log.mockReset(); // the complaint was wanted
  });

  test("without mail an admin sees who asks, until they make the link", async () => {
    const { id } = await createUser(ctx, admin, ann);
    const asking = async () =>
      (await listPeople(ctx, admin)).rows.filter((row) => row.linkAskedAt).map((row) => row.id);
    expect(await requestSignInLink(ctx, ann, null)).toStrictEqual({ by: "admin" });
    await requestSignInLink(ctx, ann, null);
    await requestSignInLink(ctx, { email: "nobody@example.org" }, null);
    expect(await asking()).toEqual([id]);
    await createSignInLink(ctx, admin, { userId: id });
    expect(await asking()).toEqual([]);
  });
});

test("half of a mail configuration is refused with what is missing", () => {
  expect(mailSettings({ NODE_ENV: "test" })).toBeNull();
  const half = { NODE_ENV: "test", SMTP_URL: "smtp://x", SMTP_FROM: "r@example.org" } as const;
  expect(() => mailSettings(half)).toThrow("REVEALED_URL");
  expect(mailSettings({ ...half, REVEALED_URL: settings.site })).toMatchObject({
    site: settings.site,
  });
});

test("a mail arrives at an SMTP server", async () => {
  const lines: string[] = [];
  const server = createServer((socket) => {
    let inData = false;
    socket.write("220 test\r\n");
    socket.on("data", (chunk) => {
      for (const line of chunk.toString().split("\r\n").filter(Boolean)) {
        lines.push(line);
        if (inData && line === ".") inData = false;
        else if (inData) continue;
        if (line === "DATA") inData = true;
        socket.write(
          line === "DATA" ? "354 go\r\n" : line === "QUIT" ? "221 bye\r\n" : "250 ok\r\n",
        );
      }
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const mail = { to: "ann@example.org", subject: "Link", text: "https://label.example.org/x" };
  await sendMail({ ...settings, smtp: `smtp://127.0.0.1:${port}?ignoreTLS=true` }, mail);
  server.close();
  expect(lines).toContain("RCPT TO:<ann@example.org>");
  expect(lines).toContain("https://label.example.org/x");
});
