import type { Page } from "@playwright/test";
import { ada, joinedLabeler } from "./fixtures/labeler";
import { longTasks } from "./fixtures/long-tasks";
import { changeRole, seedCampaign } from "./fixtures/seed";
import { expect, test } from "./fixtures/test";
import { RankPage } from "./pages/rank";

const noNetwork = /Failed to load resource|ERR_INTERNET_DISCONNECTED|Failed to fetch/;

/** The browser keeps nothing, as when its storage is full or turned off. */
const forbidStorage = () => {
  for (const name of ["getItem", "setItem", "removeItem"] as const)
    Storage.prototype[name] = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
};

test("an answer is kept while it is written, in two tabs, in two browsers, and without a network", async ({
  people,
  product,
  database,
}) => {
  people.forgive(noNetwork);
  const campaign = seedCampaign(product.databaseFile, { name: "Kept", tasks: longTasks(1) });
  const address = `/label/demonstrate?campaign=${campaign}`;
  const page = await joinedLabeler(people, product);
  const answer = (of: Page) => of.getByLabel("Your answer");
  const onServer = (like: string) =>
    database.count("select count(*) n from demonstration where text like ?", like);
  await page.goto(address);

  await test.step("nobody has to pause for it", async () => {
    const typing = answer(page).pressSequentially("on and on ".repeat(8), { delay: 60 });
    await database.until("a part of it", () => onServer("on and%") === 1);
    await typing;
    await expect(page.getByText(/^saved /)).toBeVisible();
    expect(onServer("on and on ".repeat(8))).toBe(1);
  });

  await test.step("a second tab shows what the first writes, and goes on with it", async () => {
    const tab = await page.context().newPage();
    await tab.goto(address);
    await expect(answer(tab)).toHaveValue("on and on ".repeat(8));
    await answer(page).fill("first tab");
    await expect(answer(tab)).toHaveValue("first tab");
    await answer(tab).press("End");
    await answer(tab).pressSequentially(", second tab");
    await expect(answer(page)).toHaveValue("first tab, second tab");
    await database.until("both", () => onServer("first tab, second tab") === 1);
    await tab.close();
  });

  const state = await page.context().storageState();
  const other = await people.arrive({ storageState: { cookies: state.cookies, origins: [] } });
  await test.step("without a network it is kept, and another browser is not written over", async () => {
    await other.goto(address);
    await page.context().setOffline(true);
    await answer(page).fill("written without a network");
    await expect(page.getByRole("main").getByRole("alert")).toContainText(
      "what you do is kept on this device",
    );
    await answer(other).fill("written meanwhile");
    await database.until("the other", () => onServer("written meanwhile") === 1);
    await page.context().setOffline(false);
    const choice = page.getByRole("alert").filter({ hasText: "Read both and choose one" });
    await expect(choice).toContainText("written meanwhile");
    await page.getByRole("button", { name: "Send to review" }).click();
    expect(onServer("written meanwhile")).toBe(1);
    await choice.getByRole("button", { name: "Keep what is here" }).click();
    await database.until("the chosen", () => onServer("written without a network") === 1);
  });

  await test.step("a stale browser cannot send its own; what is sent is over everywhere", async () => {
    await answer(other).fill("written meanwhile, stale");
    await other.getByRole("button", { name: "Send to review" }).click();
    const choice = other.getByRole("alert").filter({ hasText: "Read both and choose one" });
    await expect(choice).toContainText("written without a network");
    await page.getByRole("button", { name: "Send to review" }).click();
    await expect(page.getByText("Sent to review.")).toBeVisible();
    await choice.getByRole("button", { name: "Keep what is here" }).click();
    await expect(other.getByText("was sent or skipped in another tab")).toBeVisible();
    await other.getByRole("button", { name: "Next prompt" }).click();
    await expect(other.getByText("was sent or skipped")).toHaveCount(0);
    const sent = "select count(*) n from demonstration where status = 'submitted' and text = ?";
    expect(database.count(sent, "written without a network")).toBe(1);
  });
});

test("what is typed before the page's script runs is kept", async ({
  people,
  product,
  database,
}) => {
  const campaign = seedCampaign(product.databaseFile, { name: "Slow", tasks: longTasks(1) });
  const page = await joinedLabeler(people, product);
  let letIt = () => {};
  const allowed = new Promise<void>((resolve) => (letIt = resolve));
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await allowed;
    await route.continue();
  });
  await page.goto(`/label/demonstrate?campaign=${campaign}`, { waitUntil: "commit" });
  await page.getByLabel("Your answer").pressSequentially("typed early");
  await expect(page.getByText("0 words")).toBeVisible(); // nothing runs yet
  letIt();
  await expect(page.getByText("2 words")).toBeVisible();
  await expect(page.getByText(/^saved /)).toBeVisible();
  expect(database.count("select count(*) n from demonstration where text = ?", "typed early")).toBe(
    1,
  );
});

test("a browser that keeps nothing says so, and the server has the work", async ({
  people,
  product,
  database,
}) => {
  people.forgive(noNetwork);
  const campaign = seedCampaign(product.databaseFile, { name: "Full", tasks: longTasks(2) });
  const page = await joinedLabeler(people, product);
  await page.context().addInitScript(forbidStorage);
  const rank = await RankPage.open(page, campaign);
  const banner = page.getByRole("main").getByRole("alert");
  await expect(banner).toContainText("does not let the site keep anything");
  await rank.press("2", "1");
  await database.until(
    "the draft",
    () => database.count(`select count(*) n from assignment where draft like '%"A":2%'`) === 1,
  );
  await page.reload();
  await rank.expectPlace("A", "rank 2");
  await page.context().setOffline(true);
  await rank.press("t", "Enter");
  await expect(banner).toContainText("leave this page open");
  await page.context().setOffline(false);
  await database.until(
    "the ranking",
    () => database.count("select count(*) n from ranking where simulated = 0") === 1,
  );
  await page.goto(`/label/demonstrate?campaign=${campaign}`);
  await expect(banner).toContainText("does not let the site keep anything");
  await page.getByLabel("Your answer").fill("kept by the server");
  await database.until(
    "the answer",
    () =>
      database.count("select count(*) n from demonstration where text = 'kept by the server'") ===
      1,
  );
});

test("whose role is taken away while they rank loses nothing, and is told", async ({
  people,
  product,
  database,
}) => {
  people.forgive(/the server responded with a status of 403/);
  const campaign = seedCampaign(product.databaseFile, { name: "Role", tasks: longTasks(2) });
  const page = await joinedLabeler(people, product);
  const rank = await RankPage.open(page, campaign);
  const rankings = () => database.count("select count(*) n from ranking where simulated = 0");
  const role = (name: string) => changeRole(product.databaseFile, ada.email, name);
  await rank.press("1", "2");
  role("guest");
  const banner = page.getByRole("main").getByRole("alert");
  await rank.press("3");
  await expect(banner).toContainText("Your role does not allow this any more");
  await rank.press("t", "Enter");
  await rank.expectNothingPlaced();
  await expect(banner).toContainText("kept on this device");
  expect(rankings()).toBe(0);
  role("labeler");
  await database.until("the ranking", () => rankings() === 1, 30_000);
  await expect(banner).toHaveCount(0);
});
