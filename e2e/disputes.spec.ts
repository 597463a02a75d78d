import { ada, adminAndLabeler } from "./fixtures/labeler";
import { findings } from "./fixtures/axe";
import { onlyIn, seedCampaign, sendToReview } from "./fixtures/seed";
import { expect, test } from "./fixtures/test";

const shots = process.env.SCREENSHOTS;
const long = `It begins so. ${"And it goes on for long. ".repeat(40)}And this is its end.`;

test("a campaign's own reviewer settles what its labelers dispute; its admin makes any task gold", async ({
  people,
  product,
  database,
}) => {
  const texts = [long, "שלום, זה קצר\u200B.", "third", "fourth"];
  const campaign = seedCampaign(product.databaseFile, {
    name: "Disputed",
    tasks: [
      {
        prompt: "Which is best?",
        texts,
        votes: [
          [0, 1, 2, 3],
          [3, 2, 1, 0],
        ],
      },
      { prompt: "Nobody has ranked this.", texts },
    ],
  });
  const { labeler: page } = await adminAndLabeler(people, product);
  onlyIn(product.databaseFile, ada.email, campaign, "reviewer");

  await test.step("a link leads there, and nothing of other campaigns", async () => {
    await page.goto("/label");
    await page.getByRole("link", { name: "Disputed rankings" }).first().click();
    await expect(page.getByText("1 task ranked by several labelers, 1 disputed.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Make gold" })).toHaveCount(0);
  });
  await test.step("long answers are read whole, what is hidden in one is named", async () => {
    await expect(page.getByText("And this is its end.")).toHaveCount(0);
    await page.getByRole("button", { name: /^Show all [\d,]+ characters$/ }).click();
    await expect(page.getByText("And this is its end.")).toBeVisible();
    await expect(page.getByTitle("U+200B").first()).toBeVisible();
    if (shots) await page.screenshot({ path: `${shots}/disputes.png`, fullPage: true });
  });
  await test.step("settled by keyboard, with a reason", async () => {
    await page.keyboard.press("j");
    await page.keyboard.press("a");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("Voter 1")).toBeVisible();
    for (const [letter, rank] of Object.entries({ A: "2", B: "1", C: "3", D: "3" }))
      await dialog.getByLabel(`Rank of ${letter}`).selectOption(rank);
    await dialog.getByLabel("Reason").fill("B answers, the others do not.");
    expect(await findings(page, "adjudicating")).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    if (shots) await page.screenshot({ path: `${shots}/adjudicate-phone.png` });
    await page.setViewportSize({ width: 1280, height: 720 });
    await dialog.getByRole("button", { name: "Settle it" }).click();
    await expect(page.getByText("Nothing is disputed")).toBeVisible();
    expect(database.count("select count(*) n from adjudication")).toBe(1);
  });

  await test.step("whose work a rule sent to review is looked at and settled", async () => {
    sendToReview(product.databaseFile, campaign, "Voter 2");
    await page.reload();
    const review = page.getByRole("listitem").filter({ hasText: "Voter 2" });
    await expect(review).toContainText("Agreement with others, below: 25% (60%)");
    expect(await findings(page, "reviews")).toEqual([]);
    await review.getByRole("link", { name: "Look at the rankings Voter 2" }).click();
    await expect(page.getByText("1 ranking, the newest first.")).toBeVisible();
    await page.getByRole("link", { name: "All disputed rankings" }).click();
    if (shots) await page.screenshot({ path: `${shots}/reviews.png` });
    await review.getByRole("button", { name: "Settled Voter 2" }).click();
    await expect(review).toHaveCount(0);
  });

  onlyIn(product.databaseFile, ada.email, campaign, "admin");
  await test.step("its admin says the order of a task that nobody has ranked", async () => {
    await page.goto(`/curate/campaigns/${campaign}/gold`);
    await page.getByRole("link", { name: "Make gold" }).click();
    const task = page.getByRole("listitem").filter({ hasText: "Nobody has ranked this." });
    await task.getByRole("button", { name: "Make gold" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Rank of C").selectOption("1");
    await dialog.getByLabel("Rank of D").selectOption("2");
    await dialog.getByRole("button", { name: "Make it gold" }).click();
    await expect(task.getByText("gold", { exact: true })).toBeVisible();
    await page.goto(`/curate/campaigns/${campaign}/gold`);
    await expect(page.getByText("Nobody has ranked this.")).toBeVisible();
  });
  await test.step("and reads what was done in the campaign's log", async () => {
    await page.goto(`/curate/campaigns/${campaign}/people`);
    await page.getByRole("link", { name: "Open the log" }).click();
    await expect(page.getByRole("table")).toContainText("B answers, the others do not.");
  });
});
