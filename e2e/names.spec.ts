import { ada, joinedLabeler } from "./fixtures/labeler";
import { seedCampaign } from "./fixtures/seed";
import { expect, test } from "./fixtures/test";
import { ComparePage } from "./pages/compare";
import { DemonstratePage } from "./pages/demonstrate";
import { ReviewPage } from "./pages/review";
import { SignInPage } from "./pages/sign-in";

test("a screen reader hears the comparison by its names", async ({ people, product }) => {
  const campaign = seedCampaign(product.databaseFile, {
    name: "Duel",
    tasks: [{ prompt: "Which is kinder?", texts: ["Well done.", "It will do."] }],
    comparing: 5,
  });
  const page = await joinedLabeler(people, product);
  const compare = await ComparePage.open(page, campaign);
  await compare.press("2");
  await compare.expectChosen("A is slightly better");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - heading "Comparison · Duel" [level=1]
    - button "Guidelines"
    - button "Shortcuts"
    - region /Prompt/:
      - heading /Prompt/ [level=2]
    - region "Answers":
      - button /Difference of two/
      - button "Smaller text"
      - button "Larger text"
      - article "Answer A preferred"
      - article "Answer B"
    - group "Which answer is better?":
      - radio "A is much better"
      - radio "A is slightly better" [checked]
      - radio "No difference"
      - radio "B is slightly better"
      - radio "B is much better"
    - button /Cannot be judged/
    - button /Send comparison/
    - button /Undo/
    - button /Redo/ [disabled]
    - button /Skip/
    - checkbox "Neither is acceptable"
    - textbox /Reason or comment/
  `);
  await compare.press("x");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - group "Why can neither be judged?"
    - button /Cannot be judged/ [pressed]
  `);
});

test("a screen reader hears demonstration and review by their names", async ({
  people,
  product,
}) => {
  const campaign = seedCampaign(product.databaseFile, {
    name: "Letters",
    tasks: [{ prompt: "Write a short letter.", texts: ["Dear all,", "Hello,", "Hi,", "Yes."] }],
  });
  const admin = await people.arrive();
  const list = await (await SignInPage.byLink(admin, product.adminLink)).people();
  const page = await people.arrive();
  await SignInPage.joinAsLabeler(page, await list.invite("Labeler", 1), ada);
  await page.goto(`/label/demonstrate?campaign=${campaign}`);
  const desk = await DemonstratePage.shown(page);
  await page.getByLabel("Your answer").fill("Dear reader, this is all.");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - heading "Demonstration · Letters" [level=1]
    - button "Guidelines"
    - region "Prompt":
      - heading "Prompt" [level=2]
      - paragraph: Write a short letter.
    - textbox "Your answer": Dear reader, this is all.
    - group "View":
      - radio "Write" [checked]
      - radio "Preview"
    - button "Skip"
    - button "Send to review"
  `);
  await desk.write("Dear reader, this is all.");

  await ReviewPage.open(admin, campaign);
  await expect(admin.getByRole("main")).toMatchAriaSnapshot(`
    - heading "Demonstrations" [level=1]
    - combobox "Show"
    - list:
      - listitem:
        - heading "Prompt" [level=2]
        - heading "Answer" [level=2]
        - paragraph: Dear reader, this is all.
        - button /Accept/
        - button /Edit/
        - button /Reject/
  `);
});
