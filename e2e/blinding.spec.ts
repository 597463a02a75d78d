import type { Page } from "@playwright/test";
import type { Database } from "./fixtures/database";
import { joinedLabeler } from "./fixtures/labeler";
import { longTasks } from "./fixtures/long-tasks";
import { seedCampaign } from "./fixtures/seed";
import { expect, test } from "./fixtures/test";
import { ComparePage } from "./pages/compare";
import { DemonstratePage } from "./pages/demonstrate";
import { RankPage } from "./pages/rank";

test.use({ trace: "off" }); // it would read all pages a second time

/** Everything that a labeler's browser is told, by its address: pages, their payloads, answers, headers, and what the console says. */
class Received {
  private readonly parts: { from: string; text: string }[] = [];
  private readonly waiting: Promise<void>[] = [];

  constructor(page: Page) {
    page.on("console", (message) => this.parts.push({ from: "console", text: message.text() }));
    page.on("response", (response) => {
      const from = response.url();
      // code and styles are the same for everybody
      if (from.includes("/_next/static/")) return;
      this.waiting.push(
        (async () => {
          const headers = JSON.stringify(await response.allHeaders().catch(() => ({})));
          const body = await response.text().catch(() => "");
          this.parts.push({ from, text: `${headers}\n${body}` });
        })(),
      );
    });
  }

  async all() {
    await Promise.all(this.waiting);
    return this.parts;
  }
}

/** What no labeler may learn, by what it is. */
function secretsOf(database: Database): Map<string, string> {
  const secrets = new Map<string, string>();
  const add = (what: string, sql: string) => {
    for (const { value } of database.rows<{ value: string | number | null }>(sql))
      if (value !== null && String(value).length > 5) secrets.set(String(value), what);
  };
  for (const table of ["model", "run", "job", "round", "task", "prompt", "completion", "snapshot"])
    add(`id of a ${table}`, `select id value from "${table}"`);
  add("name of a model", "select name value from model");
  add("place of a model", "select path value from model");
  add("hash of a model", "select hash value from model");
  add("seed of a completion", "select seed value from completion where seed > 100000");
  for (const word of ["0.8125", "0.9375", "temperature", "topP", "top_p", "maxNewTokens"])
    secrets.set(word, "sampling parameter");
  for (const word of [
    "modelId",
    "completionIds",
    "shownOrder",
    "servedBecause",
    "policyModelId",
    "againstModelId",
  ])
    secrets.set(word, "hidden column");
  for (const word of [
    '"seed"',
    '"origin"',
    '"params"',
    '"correct"',
    '"finish"',
    '"simulated"',
    '"overlap"',
    '"purpose"',
    '"gold"',
    '"expected"',
  ])
    secrets.set(word, "hidden field");
  return secrets;
}

test("nothing that a labeler's session receives tells where a completion comes from", async ({
  people,
  product,
  database,
}) => {
  test.setTimeout(240_000);
  const tasks = longTasks(6);
  const campaign = seedCampaign(product.databaseFile, { name: "Blinded", tasks });
  const pairs = longTasks(4).map(({ prompt, texts }) => ({ prompt, texts: texts.slice(2, 4) }));
  const compared = seedCampaign(product.databaseFile, {
    name: "Compared",
    tasks: pairs,
    comparing: 7,
  });
  const entered = seedCampaign(product.databaseFile, {
    name: "Entered by a quiz",
    tasks: longTasks(2).map((task) => Object.assign(task, { gold: "The first says so." })),
    config: {
      entry: {
        screening: [{ id: "q", text: "Do you?", options: ["Yes", "No"], accepted: ["Yes"] }],
        quiz: { items: 2, passMark: 1, attempts: 2 },
      },
    },
  });
  const page = await joinedLabeler(people, product);
  const received = new Received(page);
  const orders: string[][] = [];
  const pages: { from: string; text: string }[] = [];

  /** Every page that a labeler finds a way to. @returns their addresses */
  const crawl = async () => {
    const seen = new Set<string>();
    const next = [
      "/label",
      "/",
      `/label/rank?campaign=${campaign}`,
      `/label/rank?campaign=${compared}`,
      `/label/rank?campaign=${entered}`,
    ];
    for (let address = next.pop(); address !== undefined; address = next.pop()) {
      if (seen.has(address)) continue;
      seen.add(address);
      await page.goto(address);
      await expect(page.getByRole("main")).toBeVisible();
      const files = await page
        .locator("a[download]")
        .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
      for (const file of files)
        pages.push({ from: file, text: await (await page.request.get(file)).text() });
      const links = await page
        .locator("a[href^='/']:not([download])")
        .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
      next.push(...links.filter((link) => !link.startsWith("/api/") && !link.includes("#")));
    }
    return [...seen];
  };
  const labelPages = (await crawl()).filter((address) => address.startsWith("/label"));
  expect(labelPages.length).toBeGreaterThan(3);

  // and all that work brings: the drawn order, drafts, the next task, what is left
  const rank = await RankPage.open(page, campaign);
  for (let done = 1; done <= tasks.length; done++) {
    orders.push(Object.values(await rank.texts()));
    pages.push({ from: `the page of task ${done}`, text: await page.content() });
    if (done === tasks.length) break;
    await rank.press("1", "2");
    await rank.press("t", "Enter");
    await expect(rank.progress).toContainText(`${done} by you`);
    await rank.expectNothingPlaced();
  }

  const compare = await ComparePage.open(page, compared);
  for (let done = 1; done <= pairs.length; done++) {
    pages.push({ from: `the page of comparison ${done}`, text: await page.content() });
    if (done === pairs.length) break;
    await compare.press("2", "Enter");
    await expect(compare.progress).toContainText(`${done} by you`);
    await compare.expectNothingChosen();
  }

  // what is asked first: questions, the quiz made of gold, and what it says afterwards
  await page.goto(`/label/enter?campaign=${entered}`);
  await page.getByRole("radio", { name: "Yes" }).check();
  await page.getByRole("button", { name: "Send answers" }).click();
  await page.getByRole("button", { name: "Begin the quiz" }).click();
  for (const item of [1, 2]) {
    await expect(page.getByText(`Quiz: task ${item} of 2`)).toBeVisible();
    await RankPage.shown(page);
    pages.push({ from: `the page of quiz ${item}`, text: await page.content() });
    await rank.press("1", "2", "t", "Enter");
  }
  await expect(page.getByText("Why: The first says so.").first()).toBeVisible();
  pages.push({ from: "the quiz's result", text: await page.content() });

  // a demonstration that is like what a model said
  await page.goto(`/label/demonstrate?campaign=${campaign}`);
  const shown = await (await DemonstratePage.shown(page)).prompt();
  const like = tasks.find(({ prompt }) => shown.includes(/Hello \d\./.exec(prompt)![0]))!;
  await page.getByLabel("Your answer").fill(like.texts[0]);
  await expect(page.getByText(/in an answer that a model gave/)).toBeVisible();
  pages.push({ from: "the page of a demonstration", text: await page.content() });

  // own work, own data, and all the rest once there is some
  await crawl();

  const secrets = [...secretsOf(database)];
  expect(secrets.length).toBeGreaterThan(100);
  const all = [...pages, ...(await received.all())];
  // what is looked through is really what was received
  for (const from of [
    "/label/rank",
    "/api/trpc/labeling.next",
    "the page of task 2",
    "the page of comparison 2",
    "the page of quiz 2",
    "the quiz's result",
    "the page of a demonstration",
    "/account/data",
  ])
    expect(all.some((part) => part.from.includes(from) && part.text.includes("two tides"))).toBe(
      true,
    );
  const found = all.flatMap(({ from, text }) =>
    secrets
      .filter(([secret]) => text.includes(secret))
      // a quiz that is over says what was expected
      .filter(([secret]) => secret !== '"expected"' || !from.includes("/entry.result"))
      .map(([secret, what]) => `${what} (${secret}) in ${from}`),
  );
  expect(found).toEqual([]);

  // no order that stays: the same kind of answer stands under another letter from task to task
  const kinds = ["Long ", "Longer ", "Markdown", "Plain ", "Hostile ", "I do not know"];
  const kindsShown = orders.map((texts) =>
    texts.map((text) => kinds.findIndex((kind) => text.includes(kind))).join(""),
  );
  expect(new Set(kindsShown).size).toBeGreaterThan(3);
});
