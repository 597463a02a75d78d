import type { Locator, Page } from "@playwright/test";
import { ada, joinedLabeler } from "./fixtures/labeler";
import { longTasks } from "./fixtures/long-tasks";
import { seedCampaign } from "./fixtures/seed";
import { expect, test } from "./fixtures/test";
import { RankPage } from "./pages/rank";
import { SignInPage } from "./pages/sign-in";

/** What has the keyboard, if it can be seen that it has it: a ring of its own, or of the label around it. */
async function ringed(page: Page): Promise<{ seen: boolean; what: string }> {
  return await page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { seen: true, what: "nothing" };
    const has = (one: Element | null) => {
      if (!one) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    };
    return {
      seen: has(element) || has(element.closest("label")),
      what: element.outerHTML.slice(0, 160),
    };
  });
}

/** Goes on by Tab alone until `goal` has the keyboard; every stop on the way shows its ring. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  await expect(goal).toBeVisible();
  for (let stops = 0; stops < 80; stops++) {
    if (await goal.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    const { seen, what } = await ringed(page);
    expect(seen, `no ring around ${what}`).toBe(true);
  }
  throw new Error(`80 stops, and none is ${goal.toString()}`);
}

test("a labeler signs in, ranks and writes by keyboard alone", async ({
  people,
  product,
  database,
}) => {
  const campaign = seedCampaign(product.databaseFile, { name: "Keys", tasks: longTasks(2) });
  await joinedLabeler(people, product);
  const page = await people.arrive();
  await page.goto("/sign-in");
  await page.waitForLoadState("networkidle");
  await tabTo(page, page.getByLabel("E-mail"));
  await page.keyboard.type(ada.email);
  await tabTo(page, page.getByLabel("Password"));
  await page.keyboard.type(ada.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Tasks", level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  const start = page.locator(`main a[href="/label/rank?campaign=${campaign}"]`);
  await tabTo(page, start);
  await page.keyboard.press("Enter");
  const rank = await RankPage.shown(page);
  await rank.expectNothingPlaced();
  await rank.press("2", "1", "3", "3", "5", "6", "Enter");
  await expect(rank.progress).toContainText("1 by you");

  await page.goto(`/label/demonstrate?campaign=${campaign}`);
  await page.waitForLoadState("networkidle");
  await tabTo(page, page.getByLabel("Your answer"));
  await page.keyboard.type("The moon pulls on the near side most.");
  await tabTo(page, page.getByRole("button", { name: "Send to review" }));
  await page.keyboard.press("Enter");
  await database.until(
    "the demonstration",
    () => database.count("select count(*) n from demonstration where status = 'submitted'") === 1,
  );
});

test("an admin invites by keyboard alone, and the dialog gives the keyboard back", async ({
  people,
  product,
}) => {
  const page = await people.arrive();
  await SignInPage.byLink(page, product.adminLink);
  await page.goto("/curate/people");
  await page.waitForLoadState("networkidle");
  const opener = page.getByRole("button", { name: "Invite people" });
  await tabTo(page, opener);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await tabTo(page, dialog.getByRole("button", { name: "Create link" }));
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("textbox", { name: "Link" })).toHaveValue(/token=/);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test("a screen reader hears the desk by its names", async ({ people, product }) => {
  const campaign = seedCampaign(product.databaseFile, {
    name: "Names",
    tasks: [{ prompt: "sort: 3 1 2", texts: ["1 2 3", "3 2 1", "1 3 2", "2 1"] }],
  });
  const page = await joinedLabeler(people, product);
  const rank = await RankPage.open(page, campaign);
  await rank.press("1");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - heading "Ranking · Names" [level=1]
    - button "Guidelines"
    - button "Shortcuts"
    - region "Prompt":
      - heading /Prompt/ [level=2]
    - region "Completions":
      - article "Completion A":
        - heading "Completion A" [level=2]
        - button /A rank 1/
        - group "Rank of A":
          - button "Place A on rank 1" [pressed]
          - button "Place A on rank 2"
          - button "Place A on rank 3"
          - button "Place A on rank 4"
          - button "cannot be judged"
      - article "Completion B"
      - article "Completion C"
      - article "Completion D"
    - region "Ranks":
      - list:
        - listitem:
          - button /Place . on rank 1/
          - button "Go to A"
    - button /Send ranking/
    - button /Tie the rest/
    - button /Undo/
    - button /Redo/ [disabled]
    - button /Skip/
    - checkbox "None is acceptable"
    - textbox /Comment/
  `);
});
