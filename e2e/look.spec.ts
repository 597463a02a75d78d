import type { Page } from "@playwright/test";
import { AxeBuilder } from "@axe-core/playwright";
import type { Database } from "./fixtures/database";
import { ada, adminAndLabeler, joinedLabeler } from "./fixtures/labeler";
import { everythingAsked, longTasks } from "./fixtures/long-tasks";
import { longLines, shifts, sideways, smallTargets, watchShifts } from "./fixtures/measure";
import { seedCampaign } from "./fixtures/seed";
import { expect, test } from "./fixtures/test";
import { RankPage } from "./pages/rank";

test.use({ trace: "off" });

const pay = { currency: "USD", ranking: 0.35, demonstration: 2 };

async function settle(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole("main")).toBeVisible();
  await page.waitForLoadState("networkidle");
}

const labelerPages = (campaign: string) => [
  "/label",
  `/label/rank?campaign=${campaign}`,
  `/label/demonstrate?campaign=${campaign}`,
  "/label/work",
  "/account",
];

const adminPages = (database: Database) => {
  const id = (table: string) => database.rows<{ id: string }>(`select id from "${table}"`)[0].id;
  const campaign = `/curate/campaigns/${id("campaign")}`;
  const tabs = ["", "/rankings", "/consensus", "/quality", "/quality/rules", "/gold"];
  const more = ["/completions", "/prompts", "/settings", "/people", "/payment"];
  return [
    "/",
    "/curate/campaigns",
    "/curate/campaigns/new",
    ...[...tabs, ...more].map((tab) => `${campaign}${tab}`),
    "/curate/prompts",
    "/curate/demonstrations",
    "/curate/people",
    `/curate/people/${id("user")}`,
    "/curate/people/payment",
    "/curate/people/consent",
    "/curate/audit",
    "/curate/disputes",
    "/research/snapshots",
    "/research/models",
    "/research/models/tree",
    `/research/models/${id("model")}`,
    "/research/runs",
    `/research/runs/${id("run")}`,
    "/research/runs/new",
    "/research/runs/compare",
  ];
};

test("no page moves sideways from 320 px to 4K, and what is read stands in readable lines", async ({
  people,
  product,
  database,
}) => {
  test.setTimeout(400_000);
  const campaign = seedCampaign(product.databaseFile, {
    name: "Wide",
    tasks: longTasks(2),
    config: { asked: everythingAsked, pay },
  });
  const { admin, labeler } = await adminAndLabeler(people, product);
  const found: string[] = [];
  for (const [page, addresses] of [
    [labeler, labelerPages(campaign)],
    [admin, adminPages(database)],
  ] as const)
    for (const address of addresses) {
      await settle(page, address);
      found.push(...(await sideways(page, address)), ...(await longLines(page, address)));
    }
  expect(found).toEqual([]);
});

test("a finger finds everything on a labeler's pages", async ({ people, product }) => {
  const campaign = seedCampaign(product.databaseFile, {
    name: "Touch",
    tasks: longTasks(1),
    config: { asked: everythingAsked, pay },
  });
  const page = await joinedLabeler(people, product, {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  const found: string[] = [];
  for (const address of labelerPages(campaign)) {
    await settle(page, address);
    found.push(...(await smallTargets(page, address)));
  }
  // as many completions as there can be
  const [{ prompt, texts }] = longTasks(1);
  const nine = seedCampaign(product.databaseFile, {
    name: "Nine",
    tasks: [{ prompt, texts: [...texts, ...texts.slice(0, 3).map((text) => `Again. ${text}`)] }],
  });
  await settle(page, `/label/rank?campaign=${nine}`);
  found.push(...(await smallTargets(page, "nine completions")));
  if (process.env.SCREENSHOTS)
    await page.screenshot({ path: `${process.env.SCREENSHOTS}/nine-phone.png` });
  expect(found).toEqual([]);
});

test("nothing moves by itself while a page comes", async ({ people, product, database }) => {
  const campaign = seedCampaign(product.databaseFile, {
    name: "Still",
    tasks: longTasks(2),
    config: { pay },
  });
  const { admin, labeler } = await adminAndLabeler(people, product);
  const [{ id: demo }] = database.rows<{ id: string }>("select id from campaign");
  const [{ id: run }] = database.rows<{ id: string }>("select id from run");
  const found: string[] = [];
  for (const [page, addresses] of [
    [labeler, labelerPages(campaign)],
    [admin, [`/curate/campaigns/${demo}`, "/research/runs", `/research/runs/${run}`]],
  ] as const) {
    await watchShifts(page);
    for (const address of addresses) {
      await settle(page, address);
      found.push(...(await shifts(page, address)));
    }
  }
  expect(found).toEqual([]);
});

test("high contrast, by choice or by the system, is 7 to 1 on the desk, and stays chosen", async ({
  people,
  product,
}) => {
  const campaign = seedCampaign(product.databaseFile, {
    name: "Contrast",
    tasks: longTasks(1),
    config: { asked: everythingAsked },
  });
  const page = await joinedLabeler(people, product);
  const faint = async (what: string) => {
    const axe = new AxeBuilder({ page }).withRules(["color-contrast-enhanced"]);
    const { violations } = await axe.analyze();
    return violations.flatMap(({ nodes }) =>
      nodes.map((node) => `${what}: ${node.any[0]?.message} ${node.html.slice(0, 120)}`),
    );
  };
  const found: string[] = [];
  await page.emulateMedia({ contrast: "more", reducedMotion: "reduce" });
  const rank = await RankPage.open(page, campaign);
  await rank.press("1");
  expect(await faint("by the system")).toEqual([]);
  await page.emulateMedia({ contrast: "no-preference" });
  // so that the test can fail; a page takes a moment to draw itself anew
  await expect.poll(() => faint("ordinary")).not.toEqual([]);
  await page.getByLabel(`Account of ${ada.name}`).click();
  await page.getByText("High contrast").click();
  await page.keyboard.press("Escape");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await settle(page, `/label/rank?campaign=${campaign}`);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "contrast");
    found.push(...(await faint(colorScheme)));
  }
  expect(found).toEqual([]);
});

test("pay so far is beside the work, and grows with it", async ({ people, product }) => {
  const campaign = seedCampaign(product.databaseFile, {
    name: "Paid",
    tasks: longTasks(2),
    config: { pay },
  });
  const page = await joinedLabeler(people, product);
  const rank = await RankPage.open(page, campaign);
  await expect(page.getByText("$0.00 so far")).toBeVisible();
  await rank.press("1", "t", "Enter");
  await expect(page.getByText("$0.35 so far")).toBeVisible();
  await settle(page, `/label/demonstrate?campaign=${campaign}`);
  await page.getByLabel("Your answer").fill("The moon pulls, and the far side is left behind.");
  await page.getByRole("button", { name: "Send to review" }).click();
  await expect(page.getByText("$2.00 in review")).toBeVisible();
  await settle(page, "/label/work");
  const row = page.getByRole("table", { name: "Your pay by campaign" }).getByRole("row");
  await expect(row.filter({ hasText: "Paid" })).toContainText("$0.35");
});
