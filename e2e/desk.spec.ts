import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { findings } from "./fixtures/axe";
import { joinedLabeler } from "./fixtures/labeler";
import { everythingAsked, longTasks } from "./fixtures/long-tasks";
import { seedCampaign } from "./fixtures/seed";
import { expect, test } from "./fixtures/test";
import { ComparePage } from "./pages/compare";
import { DemonstratePage } from "./pages/demonstrate";
import { RankPage } from "./pages/rank";

interface Row {
  groups: string;
  notRankable: string;
  ratings: string;
}

test("six completions are ranked, judged and flagged by keyboard alone", async ({
  people,
  product,
  database,
}) => {
  const plain = seedCampaign(product.databaseFile, { name: "Plain", tasks: longTasks(2) });
  const rich = seedCampaign(product.databaseFile, {
    name: "Rich",
    tasks: longTasks(2),
    config: { asked: everythingAsked },
  });
  const page = await joinedLabeler(people, product);
  const rank = await RankPage.open(page, plain);
  await rank.press("ArrowUp");
  await rank.expectPlace("A", "rank 1");
  await rank.press("ArrowDown");
  await rank.expectPlace("A", "rank 2");
  await rank.press("u", "u");
  await rank.expectNothingPlaced();
  const keys = ["2", "1", "3", "3", "5", "6", "Enter"];
  expect(keys.length).toBeLessThanOrEqual(8);
  await rank.press(...keys);
  await expect(rank.progress).toContainText("1 by you");

  await RankPage.open(page, rich);
  await rank.press("1", "2", "x", "3", "3", "4", "5"); // C cannot be judged: it is cut off
  await rank.expectPlace("C", "cannot be judged");
  await rank.expectPlace("F", "rank 5");
  await rank.press("Enter");
  const lacking = page.getByRole("main").getByRole("alert");
  await expect(lacking).toContainText("quality of A, B, D, E, F");
  await expect(lacking).toContainText("“How hard was it to decide?”");
  await rank.press("7", "6", "5", "4", "3"); // from one quality to the next, past C
  await rank.press("Escape", "u");
  await expect(lacking).toHaveCount(0);
  await rank.press("Enter");
  await expect(lacking).toContainText("quality of F"); // a step back takes back what was said too
  await rank.press("3");
  await rank.press("g", "Space", "Escape");
  await rank.press("Enter", "4"); // to what is still missing
  await page.getByLabel("What decided?").fill("The first is right.");
  await rank.send();
  await expect(rank.progress).toContainText("1 by you");
  const [row] = database.rows<Row>(
    "select groups, notRankable, ratings from ranking where ratings like '%quality%'",
  );
  const ratings = JSON.parse(row.ratings) as {
    each: Record<string, { quality?: number; reason?: string; flags?: string[] }>;
    answers: object;
  };
  const order = (JSON.parse(row.groups) as string[][]).flat();
  expect(order.map((id) => ratings.each[id].quality)).toEqual([7, 6, 5, 4, 3]);
  expect(ratings.each[order[4]].flags).toEqual(["fails-instruction"]);
  const [unjudged] = JSON.parse(row.notRankable) as string[];
  expect(ratings.each[unjudged]).toMatchObject({ reason: "broken" });
  expect(ratings.answers).toEqual({ hard: 4, why: "The first is right." });
});

test("long texts are read side by side, against each other, folded and larger", async ({
  people,
  product,
}) => {
  const campaign = seedCampaign(product.databaseFile, { name: "Long", tasks: longTasks(2) });
  const page = await joinedLabeler(people, product);
  const rank = await RankPage.open(page, campaign);
  const letters = ["A", "B", "C", "D", "E", "F"] as const;
  const texts = await rank.texts();
  const starting = (words: string) => letters.find((one) => texts[one].startsWith(words))!;
  const [long, longer] = [starting("Long "), starting("Longer ")];

  await rank
    .card(long)
    .getByRole("button", { name: `Read ${long} side by side` })
    .click();
  await rank
    .card(longer)
    .getByRole("button", { name: `Read ${longer} side by side` })
    .click();
  const scrolled = (letter: Parameters<typeof rank.text>[0]) =>
    rank.text(letter).evaluate((text) => text.scrollTop / (text.scrollHeight - text.clientHeight));
  await rank.text(long).evaluate((text) => {
    text.scrollTop = (text.scrollHeight - text.clientHeight) / 2;
  });
  await expect.poll(() => scrolled(longer)).toBeCloseTo(0.5, 1);

  await rank.press("d");
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator("del")).toContainText([`only in ${long}`, "Long"]);
  await expect(dialog.locator("ins")).toContainText([`only in ${longer}`, "Longer"]);
  await rank.press("Escape");
  await rank.press("p");
  await rank.press("f");
  await expect(rank.card(longer).getByText(/^Show all/)).toBeVisible();
  await page.getByRole("button", { name: "Larger text" }).click();
  const size = () => rank.text("A").evaluate((text) => getComputedStyle(text).fontSize);
  await expect.poll(size).toBe("19px");

  await page.reload();
  await RankPage.shown(page);
  await expect(rank.card(longer).getByText(/^Show all/)).toBeVisible();
  expect(await size()).toBe("19px");
});

test("on a phone one completion is read at a time, with the ranks below", async ({
  people,
  product,
  database,
}) => {
  const campaign = seedCampaign(product.databaseFile, { name: "Phone", tasks: longTasks(1) });
  const page = await joinedLabeler(people, product, {
    viewport: { width: 320, height: 640 },
    isMobile: true,
    hasTouch: true,
  });
  const rank = await RankPage.open(page, campaign);
  await expect(rank.card("B")).toBeHidden();
  const shelf = page.getByRole("region", { name: "Ranks" });
  for (const [letter, slot] of [
    ["A", 2],
    ["B", 1],
    ["C", 3],
    ["D", 3],
    ["E", 4],
    ["F", 6],
  ] as const) {
    await expect(rank.card(letter)).toBeVisible();
    await shelf.getByRole("button", { name: `Place ${letter} on rank ${slot}` }).tap();
  }
  await page.getByRole("navigation", { name: "Completions" }).getByLabel("Go to C").tap();
  await rank.expectPlace("C", "rank 3, tied with D");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await rank.send();
  await database.until(
    "the ranking",
    () => database.count("select count(*) n from ranking where simulated = 0") === 1,
  );
});

test("the desk is the same for everybody: axe finds nothing in any of its states", async ({
  people,
  product,
}) => {
  test.setTimeout(240_000);
  const campaign = seedCampaign(product.databaseFile, {
    name: "Everybody",
    tasks: longTasks(2),
    config: { asked: everythingAsked },
  });
  const page = await joinedLabeler(people, product);
  const rank = await RankPage.open(page, campaign);
  const found = await findings(page, "at first");
  await rank.press("1", "x", "1", "p", "ArrowRight", "p", "Enter");
  found.push(...(await findings(page, "pinned, judged and lacking")));
  await rank.press("d");
  await expect(page.getByRole("dialog").locator("ins").first()).toBeVisible();
  found.push(...(await findings(page, "the difference")));
  await rank.press("Escape");
  await page.setViewportSize({ width: 320, height: 700 });
  found.push(...(await findings(page, "on a small phone")));
  expect(found).toEqual([]);
});

test("the pages for labelers are light: each under 200 kB of JavaScript", async ({
  people,
  product,
}) => {
  const texts = ["1 2 3", "3 2 1", "1 3 2", "2 1"];
  const ranking = seedCampaign(product.databaseFile, {
    name: "Light",
    tasks: ["sort: 3 1 2", "sort: 3 2 1"].map((prompt) => ({ prompt, texts })),
  });
  const comparing = seedCampaign(product.databaseFile, {
    name: "Light pairs",
    tasks: [{ prompt: "sort: 3 1 2", texts: texts.slice(0, 2) }],
    comparing: 7,
  });
  const joined = await joinedLabeler(people, product);
  const opens: [string, (page: Page) => Promise<unknown>][] = [
    ["ranking", (page) => RankPage.open(page, ranking)],
    ["comparison", (page) => ComparePage.open(page, comparing)],
    [
      "demonstration",
      async (page) => {
        await page.goto(`/label/demonstrate?campaign=${ranking}`);
        return await DemonstratePage.shown(page);
      },
    ],
  ];
  for (const [name, open] of opens) {
    // a browser that has nothing yet, and so asks for all that the page needs
    const page = await people.arrive({ storageState: await joined.context().storageState() });
    const sizes: Promise<number>[] = [];
    page.on("response", (response) => {
      if (new URL(response.url()).pathname.endsWith(".js"))
        sizes.push(response.body().then((body) => gzipSync(body).length));
    });
    await open(page);
    await page.waitForLoadState("networkidle");
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total, name).toBeGreaterThan(50_000); // it was looked at
    expect(total, name).toBeLessThan(200_000);
  }
});

test("what a text holds cannot run, fetch, hide or turn what is read", async ({
  people,
  product,
}) => {
  const [task] = longTasks(1);
  const huge = `${"One of very many lines. <b>x</b>\n".repeat(33_000)}The last line.`;
  const texts = [...task.texts.slice(2), huge, `${"x".repeat(1_000_000)} end`];
  const campaign = seedCampaign(product.databaseFile, {
    name: "Hostile",
    tasks: [{ ...task, texts }],
  });
  const page = await joinedLabeler(people, product);
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(product.address) && !url.startsWith("data:")) elsewhere.push(url);
  });
  const rank = await RankPage.open(page, campaign);
  const card = page.getByRole("article").filter({ hasText: "Hostile" });
  await expect(card.getByTitle("U+202E")).toHaveText("RLO");
  await expect(card.getByTitle("U+200B")).toHaveText("ZWSP");
  await expect(page.locator("main script, main img, main iframe")).toHaveCount(0);
  await expect(page.locator('main a[href^="javascript:"]')).toHaveCount(0);
  const lines = page.getByRole("article").filter({ hasText: "One of very many lines" });
  await lines.getByText(/^Show all 1,/).click();
  await expect(lines.getByText("The last line.")).toBeAttached();
  await rank.press("1", "t", "Enter");
  await expect(page.getByText("Nothing is left for you in Hostile")).toBeVisible();
  expect(elsewhere).toEqual([]);
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
});
