import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { Database } from "./fixtures/database";
import { expect, test } from "./fixtures/test";
import { Product } from "./fixtures/product";
import { CirclePage } from "./pages/circle";
import { NewRunPage } from "./pages/new-run";
import { RankPage } from "./pages/rank";
import { RunPage } from "./pages/run";
import { SignInPage } from "./pages/sign-in";

const ada = { name: "Ada", email: "ada@example.org", password: "a sentence that is easy to keep" };

const campaignOf = (database: Database) =>
  database.rows<{ id: string }>("select id from campaign")[0].id;
const rankings = (database: Database) => database.count("select count(*) n from ranking");

test("a site killed while somebody ranks loses neither draft nor ranking", async ({
  people,
  product,
  database,
}) => {
  people.forgive(/Failed to load resource|ERR_CONNECTION|Failed to fetch|NetworkError/);
  const campaignId = campaignOf(database);
  const admin = await people.arrive();
  const list = await (await SignInPage.byLink(admin, product.adminLink)).people();
  const link = await list.invite("Labeler", 1);
  const here = await people.arrive();
  await SignInPage.joinAsLabeler(here, link, ada);

  const rank = await RankPage.open(here, campaignId);
  const count = Object.keys(await rank.texts()).length;
  await rank.press("1", "t", "Enter");
  await expect(rank.progress).toContainText("1 by you");
  await rank.expectNothingPlaced();
  const prompt = await rank.prompt();
  await rank.press("2", "1");
  const drafts =
    "select count(*) n from assignment where draft like '%\"A\":2%' and draft like '%\"B\":1%'";
  await database.until("the draft to be on the server", () => database.count(drafts) === 1);

  const killed = product.child("site");
  product.kill("site");
  await rank.press("3"); // while nobody answers
  await rank.expectPlace("C", "rank 3");
  await product.back("site", killed);
  expect(rankings(database)).toBe(1);

  // in another browser: what the server has
  const elsewhere = await people.arrive();
  const door = await SignInPage.open(elsewhere);
  await door.asLabeler(ada.email, ada.password);
  const there = await RankPage.open(elsewhere, campaignId);
  expect(await there.prompt()).toBe(prompt);
  await there.expectPlace("A", "rank 2");
  await there.expectPlace("B", "rank 1");

  // in the same browser, opened anew: also what was placed while nobody answered
  await here.reload();
  await rank.expectPlace("A", "rank 2");
  await rank.expectPlace("B", "rank 1");
  await rank.expectPlace("C", "rank 3");

  // sent while nobody answers: kept, and taken once somebody does
  await rank.press("t");
  const again = product.child("site");
  product.kill("site");
  await rank.send();
  await product.back("site", again);
  await database.until("the ranking that was sent meanwhile", () => rankings(database) === 2);
  const [{ groups }] = database.rows<{ groups: string }>(
    "select groups from ranking order by createdAt desc limit 1",
  );
  expect((JSON.parse(groups) as string[][]).map((group) => group.length)).toEqual([
    1,
    1,
    1,
    count - 3,
  ]);
});

test("a training whose worker is killed, then told to stop, goes on from its checkpoint", async ({
  people,
  product,
  database,
}) => {
  test.setTimeout(600_000);
  const admin = await people.arrive();
  await SignInPage.byLink(admin, product.adminLink);
  const form = await NewRunPage.open(admin);
  const campaign = "Sorting lists";
  const run = await form.imitate({ campaign, model: "Sorter, untrained", epochs: 60 });
  const { id } = run;
  const state = () =>
    database.rows<{ step: number; totalSteps: number; status: string }>(
      "select step, totalSteps, status from run where id = ?",
      id,
    )[0];
  const checkpoints = path.join(product.data, "runs", id, "checkpoints");
  const saved = () =>
    existsSync(checkpoints)
      ? readdirSync(checkpoints)
          .filter((name) => /^step-\d+$/.test(name))
          .map((name) => Number(name.slice("step-".length)))
      : [];
  await database.until("a checkpoint", () => saved().length > 0, 120_000);

  const kept = Math.max(...saved());
  const killed = product.child("worker");
  product.kill("worker");
  const before = state().step;
  let lowest = before;
  await product.back("worker", killed);
  await database.until(
    "the training to go on",
    () => {
      lowest = Math.min(lowest, state().step);
      return state().step > before;
    },
    120_000,
  );
  expect(lowest, "never before its checkpoint").toBeGreaterThanOrEqual(kept);

  people.forgive(/Failed to load resource|ERR_CONNECTION|Failed to fetch|NetworkError/);
  expect(await product.stop(), "a clean end by Ctrl-C").toBe(0);
  const at = state();
  expect(at.status).not.toBe("done");
  expect(Math.max(...saved()), "its last step is kept").toBe(at.step);

  const next = await Product.start(product.data);
  try {
    await database.until("the run to end", () => state().status === "done", 360_000);
    const measured = database.rows<{ step: number }>(
      "select step from metric where runId = ? order by step",
      id,
    );
    expect(measured.map(({ step }) => step)).toEqual(
      Array.from({ length: at.totalSteps }, (_, i) => i + 1),
    );
    expect(database.count("select count(*) n from model where runId = ?", id)).toBe(1);
    const page = await people.arrive({ baseURL: next.address });
    await SignInPage.byLink(page, next.adminLink);
    const shown = await RunPage.open(page, id);
    const steps = at.totalSteps.toLocaleString("en-GB");
    await expect(shown.state).toContainText(`Done${steps} of ${steps} updates`);
    await CirclePage.open(page);
  } finally {
    expect(await next.stop()).toBe(0);
  }
});

test("a start on a port in use says so and how to choose another", async ({ product }) => {
  const { code, said } = await Product.refused(product.data, product.port);
  expect(said.trim()).toBe(
    `Port ${product.port} is in use. Stop what listens there, or choose another: PORT=${product.port + 1} npm start.`,
  );
  expect(code).toBe(2);
});
