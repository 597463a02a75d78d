import { findings } from "./fixtures/axe";
import { ada } from "./fixtures/labeler";
import { seedCampaign } from "./fixtures/seed";
import { expect, test } from "./fixtures/test";
import { PeoplePage } from "./pages/people";
import { RankPage } from "./pages/rank";
import { SignInPage } from "./pages/sign-in";

test("the wizard: a campaign from nothing to open, by keyboard, a reload in between", async ({
  people,
  product,
  database,
}) => {
  const page = await people.arrive();
  await SignInPage.byLink(page, product.adminLink);
  await page.goto("/curate/campaigns/new");
  const next = () => page.getByRole("button", { name: "Go on" }).press("Enter");
  const desk = page.frameLocator("iframe");

  // a name is all that is needed: it is asked for, and seen on the labeler's page
  await next();
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.getByLabel("Name").fill("Kind answers");
  await page.getByLabel("Guidelines").fill("Put the **kinder** answer first.");
  await expect(desk.getByRole("heading", { name: /Kind answers/ })).toBeVisible();
  await next();
  await page
    .getByLabel("Prompts (optional)")
    .fill("Say hello.\nSay goodbye.\nSay thanks to bo@example.org.");
  await expect(desk.getByText("Say hello.")).toBeVisible();
  await expect(
    page.getByText("1 line holds what may be somebody’s: 3 (E-mail address)."),
  ).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Prompts (optional)")).toHaveValue(/Say thanks/);
  await next();
  await expect(page.getByRole("heading", { name: "Where the answers come from" })).toBeFocused();
  await next();
  await page.getByLabel(/^Overall quality/).check();
  await expect(desk.getByText("Overall quality").first()).toBeVisible();
  await next();
  await page.getByLabel("Answers per task").selectOption("4");
  await expect(desk.getByRole("article")).toHaveCount(4);
  await page.getByLabel("Tasks per round").fill("2");
  await page.getByLabel("Labelers are paid by the task").check();
  await next();
  await expect(page.getByText("$0.20 a round", { exact: false })).toBeVisible();
  expect(await findings(page, "the wizard's last step")).toEqual([]);
  await page.getByRole("button", { name: "Create and open for labelers" }).click();
  await expect(page.getByRole("heading", { name: "Kind answers", level: 1 })).toBeVisible();
  expect(
    database.count(
      "select count(*) n from campaign where name = 'Kind answers' and status = 'open'",
    ),
  ).toBe(1);
  await page.goto("/curate/campaigns/new");
  await expect(page.getByLabel("Name")).toHaveValue(""); // what is made is not begun any more
});

test("two fields and four clicks from nothing to open, what labelers do asked first", async ({
  people,
  product,
  database,
}) => {
  const page = await people.arrive();
  await SignInPage.byLink(page, product.adminLink);
  await page.goto("/curate/campaigns");
  let clicks = 0;
  const click = async (role: "link" | "button", name: string) => {
    await page.getByRole(role, { name }).click();
    clicks += 1;
  };
  await click("link", "New campaign");
  // the first thing that the form asks, with the usual answer chosen
  const fields = page.getByRole("main").locator("form").getByRole("combobox");
  await expect(fields.first()).toHaveAccessibleName(/What labelers do/);
  await page.getByLabel("Name").fill("At once");
  await click("button", "Go on");
  await page.getByLabel("Prompts (optional)").fill("Say hello.\nSay goodbye.\nSay thanks.");
  await click("button", "The rest as it is");
  await expect(page.getByText("Not known: nothing is paid.", { exact: false })).toBeVisible();
  await expect(page.getByText(/^About 1 hour, at 1 minute a ranking/)).toBeVisible();
  await click("button", "Create and open for labelers");
  await expect(page.getByRole("heading", { name: "At once", level: 1 })).toBeVisible();
  expect(clicks).toBe(4);
  expect(
    database.count("select count(*) n from campaign where name = 'At once' and status = 'open'"),
  ).toBe(1);
});

test("the quiz: questions, gold with its reasons, then tasks; new guidelines are told", async ({
  people,
  product,
}) => {
  const texts = ["1 one", "2 two", "3 three", "4 four"];
  const campaign = seedCampaign(product.databaseFile, {
    name: "Careful reading",
    tasks: [
      { prompt: "gold", texts, gold: "One comes before four." },
      { prompt: "ordinary", texts },
      { prompt: "another", texts },
    ],
  });
  const admin = await people.arrive();
  await SignInPage.byLink(admin, product.adminLink);
  await admin.goto(`/curate/campaigns/${campaign}/entry`);
  await admin.getByRole("button", { name: "Add a question" }).click();
  await admin.getByLabel("Question", { exact: true }).fill("Do you read English?");
  await admin.getByLabel("Answers, one a line").fill("Yes\nNo");
  await admin.getByRole("checkbox", { name: "Yes" }).check();
  await admin.getByLabel("Ask for a quiz").check();
  await admin.getByRole("button", { name: "Save", exact: true }).click();
  await expect(admin.getByText(/^Saved\./)).toBeVisible();
  expect(await findings(admin, "entry")).toEqual([]);

  const link = await (await PeoplePage.open(admin)).invite("Labeler", 1);
  const page = await people.arrive();
  await SignInPage.joinAsLabeler(page, link, ada);
  await page.goto(`/label/rank?campaign=${campaign}`);
  await expect(
    page.getByRole("heading", { name: "Before you begin: Careful reading" }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Send answers" }).click();
  await expect(page.getByText("Choose an answer to every question.")).toBeVisible();
  await page.getByRole("radio", { name: "Yes" }).check();
  await page.getByRole("button", { name: "Send answers" }).click();
  expect(await findings(page, "before the quiz")).toEqual([]);

  /** Orders the item's texts by their first sign. */
  const order = async (up: boolean) => {
    await expect(page.getByText("Quiz: task 1 of 1")).toBeVisible();
    const cards = page.locator("[data-completion]");
    await expect(cards).toHaveCount(4);
    for (const card of await cards.all()) {
      const rank = Number((await card.locator("[data-text]").innerText()).trim()[0]);
      await card.locator("[id^=completion-]").focus();
      await page.keyboard.press(String(up ? rank : 5 - rank));
    }
    await page.keyboard.press("Enter");
  };
  await page.getByRole("button", { name: "Begin the quiz" }).click();
  await order(false);
  await expect(page.getByText("Not passed")).toBeVisible();
  await expect(page.getByText("Why: One comes before four.")).toBeVisible();
  expect(await findings(page, "the quiz's result")).toEqual([]);
  await page.getByRole("button", { name: "Begin the quiz" }).click();
  await order(true);
  await page.getByRole("link", { name: "Begin" }).click();
  const rank = await RankPage.shown(page);
  await rank.press("1", "2", "3", "4", "Enter");
  await expect(page.getByText(/1 by you$/)).toBeVisible();

  await admin.goto(`/curate/campaigns/${campaign}/settings`);
  await admin.getByLabel("Guidelines").fill("Rank the **kinder** answer first.");
  await admin.getByRole("button", { name: "Save settings" }).click();
  await expect(admin.getByText("Version 2")).toBeVisible();
  await admin.getByRole("button", { name: "What changed" }).click();
  await expect(admin.getByRole("dialog").locator("ins")).toHaveText("kinder");
  await page.reload();
  await page.getByRole("button", { name: "What changed" }).click();
  await expect(page.getByRole("dialog").locator("ins")).toHaveText("kinder");
});
