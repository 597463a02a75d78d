import { findings } from "./fixtures/axe";
import { ada } from "./fixtures/labeler";
import { longTasks } from "./fixtures/long-tasks";
import { seedCampaign } from "./fixtures/seed";
import { expect, test } from "./fixtures/test";
import { ComparePage } from "./pages/compare";
import { SignInPage } from "./pages/sign-in";

const pairs = (count: number) =>
  longTasks(count).map(({ prompt, texts }) => ({ prompt, texts: texts.slice(0, 2) }));
const shots = process.env.SCREENSHOTS;

test("two answers are compared by keyboard alone, and the campaign's page says who wins", async ({
  people,
  product,
  database,
}) => {
  test.setTimeout(240_000);
  const tasks = pairs(5);
  const campaign = seedCampaign(product.databaseFile, { name: "Duel", tasks, comparing: 7 });
  people.forgive(/ERR_INTERNET_DISCONNECTED/);
  const admin = await people.arrive();
  const list = await (await SignInPage.byLink(admin, product.adminLink)).people();
  const page = await people.arrive();
  await SignInPage.joinAsLabeler(page, await list.invite("Labeler", 1), ada);
  const compare = await ComparePage.open(page, campaign);
  await compare.expectNothingChosen();
  if (shots) await page.screenshot({ path: `${shots}/compare-empty.png` });
  expect(await findings(page, "comparison")).toEqual([]);

  await test.step("nothing is sent without a choice", async () => {
    await compare.press("Enter");
    await expect(page.getByRole("main").getByRole("alert")).toContainText("Which answer is better");
  });
  await test.step("a point by its number, moved by arrows, back by undo", async () => {
    await compare.press("2");
    await compare.expectChosen("A is better");
    await compare.press("ArrowRight");
    await compare.expectChosen("A is slightly better");
    await compare.press("u");
    await compare.expectChosen("A is better");
    await compare.press("=");
    await compare.expectChosen("No difference");
    await compare.press("7");
    await compare.expectChosen("B is much better");
  });
  await test.step("both are scrolled as one, and apart", async () => {
    const scrolled = (letter: "A" | "B") =>
      compare
        .answer(letter)
        .locator("[data-text]")
        .evaluate((text) => text.scrollTop);
    const wheel = async () => {
      await compare.answer("A").locator("[data-text]").hover();
      await page.mouse.wheel(0, 200);
    };
    await wheel();
    await expect.poll(() => scrolled("B")).toBeGreaterThan(0);
    await compare.press("p");
    const before = await scrolled("B");
    await wheel();
    await expect.poll(() => scrolled("A")).toBeGreaterThan(250);
    expect(await scrolled("B")).toBe(before);
    await compare.press("p");
  });
  await test.step("difference and shortcuts open over it", async () => {
    await compare.press("d");
    await expect(page.getByRole("dialog")).toContainText("only in B");
    await compare.press("Escape");
    await compare.press("?");
    await expect(page.getByRole("dialog")).toContainText("neither can be judged");
    expect(await findings(page, "shortcuts of comparing")).toEqual([]);
    await compare.press("Escape");
  });
  await test.step("a closed tab loses nothing", async () => {
    const ahead = page.waitForResponse(/labeling\.next/);
    await page.reload();
    await compare.expectChosen("B is much better");
    await ahead; // the task that a lost network leaves to go on with
    if (shots) await page.screenshot({ path: `${shots}/compare-chosen.png` });
  });
  await test.step("a network that is gone: work goes on", async () => {
    await page.context().setOffline(true);
    await expect(page.getByRole("alert").filter({ hasText: /./ }).first()).toBeVisible();
    await compare.press("Enter");
    await compare.expectNothingChosen();
    await page.context().setOffline(false);
    await expect(compare.progress).toContainText("1 by you");
  });
  await test.step("neither can be judged, with a reason", async () => {
    await compare.press("x");
    await expect(page.getByRole("group", { name: "Why can neither be judged?" })).toBeVisible();
    if (shots) await page.screenshot({ path: `${shots}/compare-neither.png` });
    await compare.press("2", "Enter");
    await expect(compare.progress).toContainText("2 by you");
  });
  await test.step("a tie", async () => {
    await compare.expectNothingChosen();
    await compare.press("0", "Enter");
    await expect(compare.progress).toContainText("3 by you");
  });

  const rows = database.rows<{ preference: number | null; steps: number }>(
    "select preference, steps from comparison order by createdAt",
  );
  expect(rows.map(({ preference }) => preference)).toEqual([3, null, 0]);
  const [{ ratings }] = database.rows<{ ratings: string }>(
    "select ratings from ranking where groups = '[]'",
  );
  expect(ratings.match(/not-my-field/g)).toHaveLength(2);

  await test.step("on a phone one stands above the other", async () => {
    const phone = await people.arrive({
      storageState: await page.context().storageState(),
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
    });
    const small = await ComparePage.open(phone, campaign);
    const below = async () => {
      const a = await small.answer("A").boundingBox();
      const b = await small.answer("B").boundingBox();
      return a && b && b.y > a.y + a.height - 1; // null while the page's script takes over
    };
    await expect.poll(below).toBe(true);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    if (shots) await phone.screenshot({ path: `${shots}/compare-phone.png` });
    await phone.locator("[data-scale] label").nth(2).tap();
    await small.expectChosen("A is slightly better");
    if (shots) await phone.screenshot({ path: `${shots}/compare-phone-chosen.png` });
    await phone.close();
  });
  if (shots) {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.screenshot({ path: `${shots}/compare-dark.png` });
    await page.emulateMedia({ colorScheme: "light" });
  }

  await test.step("a quiz is taken at the same desk, and says which answer was expected", async () => {
    const [pair] = tasks;
    const careful = seedCampaign(product.databaseFile, {
      name: "Careful duel",
      tasks: [{ ...pair, gold: "It answers what was asked." }],
      comparing: 3,
      config: { entry: { quiz: { items: 1, passMark: 1, attempts: 1 } } },
    });
    await page.goto(`/label/enter?campaign=${careful}`);
    await page.getByRole("button", { name: "Begin the quiz" }).click();
    await expect(compare.answer("B")).toBeVisible();
    await compare.expectNothingChosen();
    await expect(page.getByRole("button", { name: "Skip" })).toHaveCount(0);
    await compare.press("?");
    await expect(page.getByRole("dialog")).toContainText("neither can be judged");
    await compare.press("Escape");
    if (shots) await page.screenshot({ path: `${shots}/compare-quiz.png` });
    const isFirst = (await compare.answer("A").innerText()).includes(pair.texts[0].slice(0, 40));
    await compare.press(isFirst ? "1" : "3", "Enter");
    await expect(page.getByText("Why: It answers what was asked.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Begin" })).toBeVisible();
  });

  await test.step("the campaign's page", async () => {
    await admin.goto(`/curate/campaigns/${campaign}`);
    await admin.getByRole("link", { name: "Comparisons" }).click();
    const table = admin.getByRole("table", { name: "Wins by pair" });
    await expect(table).toContainText("opponent-model-name");
    await expect(admin.getByText("3 comparisons of 3 pairs by 1 labeler")).toBeVisible();
    expect(await findings(admin, "comparisons of a campaign")).toEqual([]);
    if (shots) await admin.screenshot({ path: `${shots}/results.png`, fullPage: true });
    await admin.setViewportSize({ width: 390, height: 844 });
    expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    if (shots) await admin.screenshot({ path: `${shots}/results-phone.png`, fullPage: true });
    await admin.setViewportSize({ width: 1280, height: 800 });
    await admin.goto("/curate/campaigns/new");
    await admin.getByLabel("What labelers do", { exact: true }).selectOption("comparing");
    expect(await findings(admin, "form of a comparing campaign")).toEqual([]);
    if (shots) await admin.screenshot({ path: `${shots}/form.png`, fullPage: true });
  });
});
