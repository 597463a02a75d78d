import type { Page } from "@playwright/test";
import type { Database } from "./fixtures/database";
import { findings } from "./fixtures/axe";
import { expect, test } from "./fixtures/test";
import { CirclePage } from "./pages/circle";
import { NewRunPage } from "./pages/new-run";
import { PeoplePage } from "./pages/people";
import { RankPage } from "./pages/rank";
import { SignInPage } from "./pages/sign-in";

test.use({ trace: "off" }); // axe says what it found; a trace of all that it reads would take minutes

const password = "a sentence that is easy to keep";
const campaignName = "Sorting lists";

/** A phone's page must not move sideways. @returns what does */
async function sideways(page: Page, what: string): Promise<string[]> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  return width > 390 ? [`${what}: ${width} px wide on a phone of 390 px`] : [];
}

const labelerPages = [
  "/label",
  "/label/rank",
  "/label/demonstrate",
  "/label/work",
  "/account",
  "/no-such-page",
];
const researcherPages = (database: Database) => {
  const id = (table: string) => database.rows<{ id: string }>(`select id from "${table}"`)[0].id;
  const campaign = `/curate/campaigns/${id("campaign")}`;
  return [
    "/",
    "/curate/campaigns",
    campaign,
    `${campaign}/rankings`,
    `${campaign}/comparisons`,
    `${campaign}/consensus`,
    `${campaign}/consensus?show=tasks`,
    `${campaign}/quality`,
    `${campaign}/quality/rules`,
    `${campaign}/gold`,
    `${campaign}/completions`,
    `${campaign}/prompts`,
    `${campaign}/prompts/near`,
    `${campaign}/prompts/clusters`,
    "/research/snapshots",
    `/research/snapshots/${id("snapshot")}`,
    "/research/models",
    "/research/models/tree",
    `/research/models/${id("model")}`,
    "/research/runs",
    `/research/runs/${id("run")}`,
    "/research/runs/new",
    `/research/runs/new?from=${id("run")}`,
    "/research/runs/compare",
    `/research/runs/compare?${database
      .rows<{ id: string }>("select id from run limit 2")
      .map((run) => `run=${run.id}`)
      .join("&")}`,
  ];
};
const peoplePages = (database: Database) => {
  const campaign = database.rows<{ id: string }>("select id from campaign")[0].id;
  return [
    "/curate/people",
    `/curate/people/${database.rows<{ id: string }>("select id from user")[0].id}`,
    "/curate/people/payment",
    "/curate/people/consent",
    `/curate/campaigns/${campaign}/people`,
    `/curate/campaigns/${campaign}/payment`,
    "/curate/audit",
    "/curate/disputes",
  ];
};
const adminPages = (database: Database) => [
  ...researcherPages(database),
  `/curate/campaigns/${database.rows<{ id: string }>("select id from campaign")[0].id}/settings`,
  `/curate/campaigns/${database.rows<{ id: string }>("select id from campaign")[0].id}/prompts/import`,
  `/curate/campaigns/${database.rows<{ id: string }>("select id from campaign")[0].id}/entry`,
  "/curate/campaigns/new",
  "/curate/campaigns/new/form",
  "/preview/desk",
  "/curate/prompts",
  "/curate/demonstrations",
  ...peoplePages(database),
  ...labelerPages,
];

/** Of the pages that both see, those that offer a researcher less than an admin. */
const differentForResearchers = (database: Database) => {
  const pages = researcherPages(database);
  return [
    ...pages.slice(0, 3),
    ...pages.filter((address) => /runs\/new$|snapshots$/.test(address)),
  ];
};

/** Opens a page and waits until it stands still. */
async function settle(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole("main")).toBeVisible();
  await page.waitForLoadState("networkidle");
}

test("every page of every role, light and dark, and on a phone", async ({
  people,
  product,
  database,
}) => {
  test.setTimeout(900_000);
  people.forgive(/the server responded with a status of 404 .*no-such-page/);
  const admin = await people.arrive();
  const found: string[] = [];

  await test.step("the door", async () => {
    await settle(admin, "/sign-in");
    found.push(...(await findings(admin, "/sign-in")));
    for (const address of ["/sign-in/by-email", "/sign-in/link?token=forged", "/crowd/unknown"]) {
      await settle(admin, address);
      found.push(...(await findings(admin, address)));
    }
    await settle(admin, product.adminLink);
    found.push(...(await findings(admin, "one-time link")));
  });
  await SignInPage.byLink(admin, product.adminLink);

  const labeler = await people.arrive();
  const researcher = await people.arrive();
  await test.step("invitations", async () => {
    const list = await PeoplePage.open(admin);
    const link = await list.invite("Labeler", 2);
    await settle(labeler, link);
    found.push(...(await findings(labeler, "invitation")));
    await SignInPage.joinAsLabeler(labeler, link, {
      name: "Ada",
      email: "ada@example.org",
      password,
    });
    await SignInPage.joinAsResearcher(researcher, await list.invite("Researcher", 1), {
      name: "Rosa",
      email: "rosa@example.org",
      password,
    });
  });
  await test.step("something to show", async () => {
    const campaign = database.rows<{ id: string }>("select id from campaign")[0].id;
    const rank = await RankPage.open(labeler, campaign);
    await rank.press("1", "2", "2", "t", "Enter");
    await expect(rank.progress).toContainText("1 by you");
    const snapshots = await (await CirclePage.open(researcher)).snapshots();
    await snapshots.freeze(campaignName);
    const run = database.rows<{ id: string }>("select id from run")[0].id;
    await NewRunPage.repeat(researcher, run);
    await researcher.getByRole("button", { name: "Pause" }).click();
    await expect(researcher.getByRole("button", { name: "Resume" })).toBeVisible();
    found.push(...(await findings(researcher, "a paused run")));
    await researcher.getByRole("button", { name: "Cancel the run" }).click();
  });

  const pages = adminPages(database);
  const half = Math.ceil(pages.length / 2);
  const storageState = await admin.context().storageState();
  const phone = await people.arrive({
    storageState,
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  const roles = [
    { role: "admin", page: admin, addresses: pages.slice(0, half) },
    { role: "admin", page: await people.arrive({ storageState }), addresses: pages.slice(half) },
    { role: "researcher", page: researcher, addresses: differentForResearchers(database) },
    { role: "labeler", page: labeler, addresses: [...labelerPages, "/curate/people"] },
  ];
  // side by side: much of a page's time is waiting until it stands still
  await Promise.all([
    ...roles.map(({ role, page, addresses }) =>
      test.step(role, async () => {
        for (const address of addresses) {
          await settle(page, address);
          found.push(...(await findings(page, `${role} ${address}`)));
        }
      }),
    ),
    test.step("on a phone", async () => {
      for (const address of pages) {
        await settle(phone, address);
        found.push(...(await sideways(phone, address)));
      }
    }),
  ]);

  await test.step("what opens over a page", async () => {
    const dialog = admin.getByRole("dialog");
    const over = [
      { address: "/curate/people", opener: "Invite people" },
      { address: peoplePages(database)[4], opener: "New study" },
      { address: adminPages(database)[2], opener: "Simulate labelers" },
      { address: adminPages(database)[2], opener: "Train" },
      { address: "/research/snapshots", opener: "Freeze rankings" },
      { address: "/label/rank", opener: "Shortcuts" },
      { address: "/label/rank", opener: "Skip s" },
    ];
    for (const { address, opener } of over) {
      await settle(admin, address);
      await admin.getByRole("button", { name: opener, exact: true }).click();
      await expect(dialog).toBeVisible();
      found.push(...(await findings(admin, `${opener} on ${address}`)));
    }
    await admin.keyboard.press("Escape");
    for (const menu of ["Account of Admin", "Activity"]) {
      await admin.getByLabel(menu).click();
      found.push(...(await findings(admin, menu)));
    }
  });
  expect(found).toEqual([]);
});
