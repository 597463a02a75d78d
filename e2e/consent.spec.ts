import { findings } from "./fixtures/axe";
import { ada } from "./fixtures/labeler";
import { longTasks } from "./fixtures/long-tasks";
import { seedCampaign } from "./fixtures/seed";
import { expect, test } from "./fixtures/test";
import { LabelHome } from "./pages/label-home";
import { PeoplePage } from "./pages/people";
import { RankPage } from "./pages/rank";
import { SignInPage } from "./pages/sign-in";

test("a campaign's own consent text is agreed to before its first task, and again when it changes", async ({
  people,
  product,
  database,
}) => {
  const campaign = seedCampaign(product.databaseFile, { name: "Careful", tasks: longTasks(2) });
  const admin = await people.arrive();
  await SignInPage.byLink(admin, product.adminLink);
  const link = await (await PeoplePage.open(admin)).invite("Labeler", 1);
  const page = await people.arrive();
  await SignInPage.joinAsLabeler(page, link, ada);
  const publish = async (text: string, version: number) => {
    await admin.goto(`/curate/campaigns/${campaign}/entry`);
    await admin.getByLabel("Text").fill(text);
    await admin.getByRole("button", { name: "Publish this version" }).click();
    await expect(admin.getByText(`Version ${version} is in force.`)).toBeVisible();
  };
  await publish("We **publish** what you rank here.", 1);
  await expect(admin.getByText("0 people agreed")).toBeVisible();
  expect(await findings(admin, "entry")).toEqual([]);

  await page.goto(`/label/rank?campaign=${campaign}`);
  await expect(page.getByText("We publish what you rank here.")).toBeVisible();
  expect(await findings(page, "consent")).toEqual([]);
  await page.getByRole("link", { name: "I do not agree" }).click();
  await LabelHome.shown(page);
  await page.goto(`/label/rank?campaign=${campaign}`);
  await page.getByRole("button", { name: "I agree" }).click();
  await page.getByRole("link", { name: "Begin" }).click();
  const rank = await RankPage.shown(page);

  await publish("We publish it, and keep it for ten years.", 2);
  await rank.press("1", "t", "Enter"); // what was lent is finished
  await database.until(
    "the ranking",
    () => database.count("select count(*) n from ranking where simulated = 0") === 1,
  );
  expect(
    database.count("select count(*) n from campaign_agreement"),
    "who agreed to the first agreed to no other",
  ).toBe(1);
  await page.goto(`/label/enter?campaign=${campaign}`);
  await expect(page.getByText("keep it for ten years")).toBeVisible();
  await page.getByRole("button", { name: "I agree" }).click();
  await page.getByRole("link", { name: "Begin" }).click();
  await RankPage.shown(page);
});
