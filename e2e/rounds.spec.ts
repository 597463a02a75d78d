import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";
import { CampaignPage } from "./pages/campaign";
import { CirclePage } from "./pages/circle";
import { SignInPage } from "./pages/sign-in";

const name = "Sorting lists";

/** What axe finds on the page as it is, and how far it reaches beyond a small phone's edge. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - 320);
  if (before) await page.setViewportSize(before);
  const wide = beyond > 0 ? [`${beyond} px too wide at 320 px`] : [];
  return [...violations.map(({ id, help }) => `${id}: ${help}`), ...wide];
}

test("a campaign trains by its rule, waits at a gate, and goes on by a person's word", async ({
  people,
  product,
  database,
}) => {
  test.setTimeout(600_000);
  const admin = await people.arrive();
  await SignInPage.byLink(admin, product.adminLink);
  const id = database.rows<{ id: string }>("select id from campaign")[0].id;
  const status = (number: number) =>
    database.rows<{ status: string }>("select status from round where number = ?", number)[0]
      ?.status;
  const campaign = await CampaignPage.open(admin, id, name);

  await test.step("a rule that no reward model can meet", async () => {
    await expect(campaign.rule).toContainText("Trained by hand");
    await campaign.startRule();
    expect(await findings(admin)).toEqual([]);
    await campaign.saveRule({
      "After so many new rankings": "30",
      "Comparisons ordered as people did, at least": "100",
      "Held-out comparisons, at least": "1",
      "Tasks that show the old policy's answers too": "50",
    });
    await expect(campaign.rule).toContainText("Trains after 30 new rankings.");
    await expect(campaign.step("Gate: enough to learn from")).toContainText("0, at least 30");
  });

  await test.step("enough rankings start the training, whose report stops the round", async () => {
    await campaign.simulate(40);
    await database.until("the report to stand at its gate", () => status(1) === "trained", 300_000);
    const gate = campaign.step("Gate: the reward model's report");
    await expect(gate).toContainText("The report does not pass its thresholds.");
    await expect(gate).toContainText("at least 100%");
    await expect(campaign.step("A reward model learns")).toContainText("40 rankings");
    expect(await findings(admin)).toEqual([]);
    const circle = await CirclePage.open(admin, id);
    await expect(circle.next).toHaveText("Judge the reward model of round 1");
    await circle.next.click();
  });

  await test.step("the admin lets it go on, and the next round mixes both policies", async () => {
    await campaign.goOnAnyway();
    await database.until("round 2 to collect", () => status(2) === "collecting", 300_000);
    await expect(campaign.step("The policy answers")).toContainText("show answers of policy 1 too");
    await expect(campaign.round(1)).toContainText("Admin let it through (PPO)");
    const mixed = database.count(
      "select count(distinct c.promptId) n from completion c join round r on r.id = c.roundId and r.number = 2 join round o on o.number = 1 where c.modelId = o.policyModelId",
    );
    const tasks = database.count(
      "select count(*) n from task join round on round.id = roundId where number = 2",
    );
    expect(mixed).toBe(tasks / 2);
  });

  await test.step("people's preference of new over old is measured", async () => {
    await campaign.simulate(20);
    await expect(campaign.round(1)).toContainText(/\d+% \(\d+%–\d+%\)of \d+ comparisons/, {
      timeout: 60_000,
    });
  });

  await test.step("the tree shows where the new policy comes from", async () => {
    await admin.goto("/research/models/tree");
    const line = admin
      .getByRole("listitem")
      .filter({ hasText: `${name} · policy 2` })
      .last();
    await expect(line).toContainText("scored by Sorting lists · reward 1");
    expect(await findings(admin)).toEqual([]);
  });
});
