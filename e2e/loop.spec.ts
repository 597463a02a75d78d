import { expect, test } from "./fixtures/test";
import { findings } from "./fixtures/axe";
import { latestRanking, orderedPairs, tallyOf } from "./fixtures/facts";
import { CampaignPage } from "./pages/campaign";
import { CirclePage } from "./pages/circle";
import { LabelHome } from "./pages/label-home";
import { NewRunPage } from "./pages/new-run";
import { PeoplePage } from "./pages/people";
import { ReviewPage } from "./pages/review";
import { RunPage } from "./pages/run";
import { SignInPage } from "./pages/sign-in";

const password = "a sentence that is easy to keep";
const campaignName = "Sort digits";
const tasks = 10;
const overlap = 2;
const wanted = tasks * overlap;

interface Exported {
  id: string;
  prompt: string;
  completions: { id: string; text: string }[];
  ranking: string[][];
  simulated: boolean;
}

interface ExportedPair {
  prompt: string;
  chosen: string;
  rejected: string;
  ranking_id: string;
  simulated: boolean;
}

test("three people go round the whole circle", async ({ people, product, database }) => {
  test.setTimeout(600_000); // two cores that others use too; alone it takes under two minutes
  const admin = await people.arrive();
  const ada = await people.arrive();
  const ben = await people.arrive();
  const rosa = await people.arrive();

  const links =
    await test.step("the admin comes by the printed link and invites people", async () => {
      const circle = await SignInPage.byLink(admin, product.adminLink);
      const list = await circle.people();
      const labelers = await list.invite("Labeler", 2);
      const researchers = await list.invite("Researcher", 1);
      return { labelers, researchers };
    });

  await test.step("two labelers and a researcher make their accounts", async () => {
    const account = (name: string) => ({
      name,
      email: `${name.toLowerCase()}@example.org`,
      password,
    });
    await SignInPage.joinAsLabeler(ada, links.labelers, account("Ada"));
    await SignInPage.joinAsLabeler(ben, links.labelers, account("Ben"));
    await SignInPage.joinAsResearcher(rosa, links.researchers, account("Rosa"));
    const list = await PeoplePage.open(admin);
    for (const name of ["Ada", "Ben", "Rosa"]) await expect(list.row(name)).toHaveCount(1);
    expect(
      database.rows("select name, role from user where email like '%@example.org' order by name"),
    ).toEqual([
      { name: "Ada", role: "labeler" },
      { name: "Ben", role: "labeler" },
      { name: "Rosa", role: "researcher" },
    ]);
  });

  const campaignId = await test.step("the admin makes a campaign and opens it", async () => {
    const prompts = database
      .rows<{ text: string }>("select text from prompt where split = 'train' order by id limit 40")
      .map(({ text }) => text);
    const form = await (await CirclePage.open(admin)).newCampaign();
    const campaign = await form.create({
      name: campaignName,
      guidelines: "Right answers first. *Ties are welcome.*",
      prompts,
      policy: "Sorting lists · policy 1",
      completionsPerTask: 4,
      tasksPerRound: tasks,
      overlap,
      maxNewTokens: 8,
    });
    await campaign.openForLabelers();
    await expect(campaign.state).toHaveText(`Round 1: 0 of ${wanted} rankings.`, {
      timeout: 60_000,
    });
    const where = "campaignId = ?";
    expect(database.count(`select count(*) n from prompt where ${where}`, campaign.id)).toBe(40);
    expect(database.count(`select count(*) n from task where ${where}`, campaign.id)).toBe(tasks);
    return campaign.id;
  });

  await test.step("Ada ranks by mouse", async () => {
    const rank = await (await LabelHome.open(ada)).rank(campaignId);
    for (const mine of [1, 2]) {
      await rank.expectNothingPlaced();
      const shown = await rank.texts();
      const prompt = await rank.prompt();
      await rank.drag("C", 1);
      await rank.drag("A", 2);
      await rank.drag("D", 3);
      await rank.drag("B", 4);
      await rank.send();
      await expect(rank.progress).toHaveText(`${mine} of ${wanted} in round 1, ${mine} by you`);
      expect(latestRanking(database, "Ada")).toEqual({
        prompt,
        groups: [[shown.C], [shown.A], [shown.D], [shown.B]],
        simulated: 0,
      });
    }
  });

  await test.step("Ben ranks by keyboard alone, with a tie", async () => {
    const rank = await (await LabelHome.open(ben)).rank(campaignId);
    for (const mine of [1, 2]) {
      await rank.expectNothingPlaced();
      const shown = await rank.texts();
      const prompt = await rank.prompt();
      await rank.press("2", "1", "2", "t", "u", "3"); // A 2, B 1, C tied with A; the rest tied, undone; D 3
      await rank.expectPlace("A", "rank 2, tied with C");
      await rank.expectPlace("D", "rank 3");
      await rank.press("Enter");
      await expect(rank.progress).toHaveText(`${mine + 2} of ${wanted} in round 1, ${mine} by you`);
      expect(latestRanking(database, "Ben")).toEqual({
        prompt,
        groups: [[shown.B], [shown.A, shown.C], [shown.D]],
        simulated: 0,
      });
    }
    await expect((await LabelHome.open(ben)).state).toHaveText(/^You have done 2 tasks so far/);
  });

  await test.step("Ben shows how it is done, and the admin accepts it", async () => {
    const desk = await (await LabelHome.open(ben)).demonstrate(campaignId);
    const prompt = await desk.prompt();
    const digits = prompt.replace("sort: ", "").split(" ").sort();
    await desk.write(digits.join(" "));
    const review = await ReviewPage.open(admin, campaignId);
    await review.accept(prompt);
    expect(
      database.rows(
        "select demonstration.text, status from demonstration join prompt on prompt.id = promptId where demonstration.campaignId = ? and status <> 'draft'",
        campaignId,
      ),
    ).toEqual([{ text: digits.join(" "), status: "accepted" }]);
    const circle = await CirclePage.open(admin, campaignId);
    await expect(circle.station("demonstrations")).toContainText("1 accepted");
  });

  await test.step("simulated labelers do the rest, marked as such", async () => {
    const campaign = await CampaignPage.open(admin, campaignId, campaignName);
    await campaign.simulateTheRest();
    // all but the tasks that Ada's and Ben's open pages hold
    const held = "select count(*) n from assignment where status = 'active'";
    await database.until("the simulated labelers to be done", () => {
      const { done } = tallyOf(database, campaignId, 1);
      return done === wanted - database.count(held);
    });
    const { done, simulated } = tallyOf(database, campaignId, 1);
    expect(simulated).toBe(done - 4);
    await expect(campaign.state).toContainText(`Round 1: ${done} of ${wanted} rankings`);
    await expect(campaign.round(1)).toContainText(`4 by people, ${simulated} simulated`);
    const circle = await CirclePage.open(admin, campaignId);
    await expect(circle.station("rankings")).toContainText(`${done} of ${wanted}`);
    await expect(circle.station("rankings")).toContainText(`${simulated} simulated`);
  });

  await test.step("a reward model learns, PPO runs, and round 2 opens by itself", async () => {
    const campaign = await CampaignPage.open(admin, campaignId, campaignName);
    await campaign.train();
    await database.until(
      "round 2 to collect",
      () =>
        database.count(
          "select count(*) n from round where campaignId = ? and number = 2 and status = 'collecting'",
          campaignId,
        ) === 1,
      300_000,
    );
    await expect(campaign.state).toHaveText(`Round 2: 0 of ${wanted} rankings.`);
  });

  await test.step("the runs show what the database says they measured", async () => {
    const runs = database.rows<{ id: string; kind: string; status: string; totalSteps: number }>(
      "select id, kind, status, totalSteps from run where campaignId = ? order by createdAt",
      campaignId,
    );
    expect(runs.map(({ kind, status }) => [kind, status])).toEqual([
      ["reward", "done"],
      ["ppo", "done"],
    ]);
    const [reward, ppo] = runs;
    const fitting = await RunPage.open(rosa, reward.id);
    await expect(fitting.state).toContainText(`Done${reward.totalSteps} of ${reward.totalSteps}`);

    const practice = await (await CirclePage.open(rosa, campaignId)).follow("ppo");
    await expect(practice.state).toContainText(`Done${ppo.totalSteps} of ${ppo.totalSteps}`);
    const steps = database
      .rows<{ step: number; values: string }>(
        'select step, "values" from metric where runId = ? order by step desc',
        ppo.id,
      )
      .map((row) => ({
        step: row.step,
        values: JSON.parse(row.values) as Record<string, number>,
      }));
    const measured = steps.filter(({ values }) => "truth/exact" in values);
    expect(measured.length, "iterations with a measured truth").toBeGreaterThan(1);
    const table = await practice.table("Is it learning, or only pleasing the reward model?");
    const newest = table.getByRole("row").filter({
      has: rosa.getByRole("rowheader", { name: String(steps[0].step), exact: true }),
    });
    const cells = (await newest.getByRole("cell").allInnerTexts()).map(Number);
    expect(cells).toContainEqual(expect.closeTo(steps[0].values["objective/scores"], 1));
  });

  await test.step("the campaign and the circle tell the truth of both rounds", async () => {
    const truths = database.rows<{ number: number; exact: number }>(
      "select number, exact from round where campaignId = ? order by number",
      campaignId,
    );
    expect(truths.map(({ exact }) => exact)).toEqual([expect.any(Number), expect.any(Number)]);
    const [before, after] = truths.map(({ exact }) => `${Math.round(exact * 100)}%`);
    const campaign = await CampaignPage.open(admin, campaignId, campaignName);
    await expect(campaign.round(1)).toContainText("Done");
    await expect(
      campaign.round(1).getByRole("cell", { name: before, exact: true }).first(),
    ).toBeVisible();
    await expect(campaign.round(2).getByRole("cell", { name: after, exact: true })).toBeVisible();
    const circle = await CirclePage.open(admin, campaignId);
    await expect(circle.station("proof")).toContainText(after);
    await expect(circle.station("ppo")).toContainText("1 run");
  });

  await test.step("the researcher freezes the rankings and takes the rows home", async () => {
    const snapshots = await (await CirclePage.open(rosa, campaignId)).snapshots();
    const snapshot = await snapshots.freeze(campaignName);
    await expect(snapshot.state).toContainText("4 rankings by 2 labelers, worth 22 comparisons");
    const rows = await snapshot.download<Exported>("K-wise rankings");
    expect(rows).toHaveLength(4);
    expect(rows.map(({ simulated }) => simulated)).toEqual([false, false, false, false]);
    const kept = database
      .rows<{ id: string; groups: string }>(
        "select ranking.id, groups from ranking join task on task.id = taskId where campaignId = ? and ranking.simulated = 0",
        campaignId,
      )
      .map(({ id, groups }) => ({ id, ranking: JSON.parse(groups) as string[][] }));
    expect(rows.map(({ id, ranking }) => ({ id, ranking }))).toEqual(expect.arrayContaining(kept));

    const pairs = await snapshot.download<ExportedPair>("TRL preference pairs");
    const implied = rows.flatMap(({ id, prompt, completions, ranking }) => {
      const text = (of: string) => completions.find((one) => one.id === of)?.text;
      return orderedPairs(ranking).map(([better, worse]) => ({
        prompt,
        chosen: text(better),
        rejected: text(worse),
        ranking_id: id,
        simulated: false,
      }));
    });
    expect(pairs).toHaveLength(22);
    expect(pairs).toEqual(implied.map((pair) => expect.objectContaining(pair)));
  });

  await test.step("what is picked by the reward model is told by n, and by the truth", async () => {
    const of = (kind: string) =>
      database.rows<{ id: string; outputModelId: string }>(
        "select id, outputModelId from run where campaignId = ? and kind = ?",
        campaignId,
        kind,
      )[0];
    await (
      await NewRunPage.open(rosa)
    ).pickTheBest({
      campaign: campaignName,
      model: of("ppo").outputModelId,
      reward: of("reward").outputModelId,
      completions: 4,
    });
    await expect(rosa.getByRole("main").locator("header").first()).toContainText("Done", {
      timeout: 60_000,
    });
    const [{ values }] = database.rows<{ values: string }>(
      "select \"values\" from metric join run on run.id = runId where kind = 'best-of-n' order by metric.step desc",
    );
    const measured = JSON.parse(values) as Record<string, number>;
    const row = rosa
      .getByRole("table", { name: "The best of n answers" })
      .getByRole("row")
      .filter({
        has: rosa.getByRole("rowheader", { name: "4", exact: true }),
      });
    const cells = (await row.getByRole("cell").allInnerTexts()).map(Number);
    expect(cells).toContainEqual(expect.closeTo(measured["best_of_4/score"], 3));
    expect(measured["best_of_4/exact"]).toBeGreaterThanOrEqual(0);
    expect(await findings(rosa, "best of n")).toEqual([]);

    await RunPage.open(rosa, of("reward").id);
    expect(await findings(rosa, "a reward model's report")).toEqual([]);
    await rosa.getByRole("link", { name: "Clone with changes" }).click();
    await expect(rosa.getByRole("heading", { name: "New run", level: 1 })).toBeVisible();
  });
});
