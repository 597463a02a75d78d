import { joinedLabeler } from "./fixtures/labeler";
import { longTasks } from "./fixtures/long-tasks";
import { changeCampaign, seedCampaign } from "./fixtures/seed";
import { expect, test } from "./fixtures/test";
import { RankPage } from "./pages/rank";

const noNetwork = /Failed to load resource|ERR_INTERNET_DISCONNECTED|Failed to fetch/;

test("without a network work goes on, a banner says so, and all of it arrives after", async ({
  people,
  product,
  database,
}) => {
  people.forgive(noNetwork);
  const campaign = seedCampaign(product.databaseFile, { name: "Offline", tasks: longTasks(3) });
  const page = await joinedLabeler(people, product);
  const rank = await RankPage.open(page, campaign);
  const drafts = (like: string) =>
    database.count("select count(*) n from assignment where draft like ?", `%${like}%`);

  // a pause is not needed for a draft to be kept: whoever types on and on is safe too
  const comment = page.getByLabel("Comment");
  await comment.pressSequentially("never a pause ".repeat(4), { delay: 60 });
  expect(drafts("never a pause")).toBe(1);

  await page.context().setOffline(true);
  const banner = page.getByRole("main").getByRole("alert");
  await expect(banner).toContainText("what you do is kept on this device");
  await rank.card("A").getByRole("button", { name: "Place A on rank 1" }).click();
  await rank.press("t", "Enter"); // the first is finished, the one fetched ahead is there
  await expect(banner).toContainText("1 finished task is kept");
  await rank.expectNothingPlaced();
  await rank.press("2", "1");
  expect(database.count("select count(*) n from ranking where simulated = 0")).toBe(0);

  await page.context().setOffline(false);
  await database.until(
    "the ranking and the draft of the next",
    () =>
      database.count("select count(*) n from ranking where simulated = 0") === 1 &&
      drafts('"A":2') === 1,
  );
  await expect(banner).toHaveCount(0);
  await rank.expectPlace("A", "rank 2");

  // a tab that is closed at once: what it did is there when it is opened again
  await rank.press("4");
  await page.close();
  const opened = await page.context().newPage();
  const again = await RankPage.open(opened, campaign);
  await again.expectPlace("C", "rank 4");

  // a link that leaves the desk at once
  await again.card("F").getByRole("button", { name: "Place F on rank 5" }).click();
  await opened.getByRole("link", { name: "Tasks", exact: true }).click();
  await database.until("the draft of the desk that was left", () => drafts('"F":5') === 1);
});

test("a second tab and a second browser go on where the first is, and nothing is done twice", async ({
  people,
  product,
  database,
}) => {
  const campaign = seedCampaign(product.databaseFile, { name: "Tabs", tasks: longTasks(2) });
  const page = await joinedLabeler(people, product);
  const here = await RankPage.open(page, campaign);
  const tab = await page.context().newPage();
  const there = await RankPage.open(tab, campaign);
  expect(await there.prompt()).toBe(await here.prompt());

  await here.press("1", "2");
  await there.expectPlace("A", "rank 1");
  await there.expectPlace("B", "rank 2");
  await tab.bringToFront();
  await there.card("C").getByRole("button", { name: "Place C on rank 3" }).click();
  await here.expectPlace("C", "rank 3");

  const state = await page.context().storageState();
  const cookies = { cookies: state.cookies, origins: [] };
  const other = await people.arrive({ storageState: cookies });
  await database.until(
    "the draft",
    () => database.count(`select count(*) n from assignment where draft like '%"C":3%'`) === 1,
  );
  const elsewhere = await RankPage.open(other, campaign);
  await elsewhere.expectPlace("C", "rank 3");
  await elsewhere.press("6");
  await database.until(
    "the other browser's draft",
    () => database.count(`select count(*) n from assignment where draft like '%"D":6%'`) === 1,
  );
  await page.bringToFront();
  // what a return to a page does: somebody may have gone on in another browser
  for (const one of [page, tab])
    await one.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await here.expectPlace("D", "rank 6");

  const prompt = await here.prompt();
  await here.press("t", "Enter");
  await here.expectNothingPlaced();
  expect(await here.prompt()).not.toBe(prompt);
  await expect.poll(() => there.prompt()).toBe(await here.prompt());
  // the other browser knows nothing of it, and sends the same task: it counts once
  await elsewhere.press("t", "Enter");
  await expect.poll(() => elsewhere.prompt()).toBe(await here.prompt());
  expect(database.count("select count(*) n from ranking where simulated = 0")).toBe(1);
});

test("late work is kept and not counted, whatever the browser's clock and the campaign say", async ({
  people,
  product,
  database,
}) => {
  people.forgive(/the server responded with a status of 404/);
  const campaign = seedCampaign(product.databaseFile, { name: "Late", tasks: longTasks(3) });
  const page = await joinedLabeler(people, product);
  await page.clock.setFixedTime(new Date("2031-01-01"));
  const rank = await RankPage.open(page, campaign);
  await rank.press("1", "t", "Enter");
  await expect(rank.progress).toContainText("1 by you");
  await rank.expectNothingPlaced();

  await rank.press("1", "t");
  changeCampaign(product.databaseFile, campaign, "closed");
  await rank.press("Enter");
  await expect(page.getByText("That came late: it is kept")).toBeVisible();
  const late = "select count(*) n from assignment where draft like '%\"late\"%'";
  expect(database.count(late)).toBe(1);
  expect(database.count("select count(*) n from ranking where simulated = 0")).toBe(1);

  const forged = await page.request.post("/api/trpc/labeling.submit", {
    data: {
      json: {
        assignmentId: "forged0forged0forged",
        ranking: { groups: [["A"]], notRankable: [], noneAcceptable: false, seconds: 1 },
      },
    },
  });
  expect(forged.status()).toBe(404);
  expect(await forged.text()).toContain("not lent to you");
});
