import type { Page } from "@playwright/test";
import { IdentityProvider } from "./fixtures/identity-provider";
import { expect, test as base } from "./fixtures/test";
import { LabelHome } from "./pages/label-home";
import { PeoplePage } from "./pages/people";
import { SignInPage } from "./pages/sign-in";

const test = base.extend<{ provider: IdentityProvider }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
  provider: async ({}, use) => {
    const provider = await IdentityProvider.start();
    await use(provider);
    provider.stop();
  },
  env: async ({ provider }, use) => {
    await use({
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: "revealed",
      OIDC_CLIENT_SECRET: "secret",
      OIDC_NAME: "Example ID",
    });
  },
});

const password = "a sentence that is easy to keep";
const continueAtProvider = (page: Page) =>
  page.getByRole("button", { name: "Continue with Example ID" }).click();

test("ways in, roles, sessions and what the log says of them", async ({
  people,
  product,
  database,
  provider,
}) => {
  const admin = await people.arrive();
  await SignInPage.byLink(admin, product.adminLink);
  const [{ id: campaignId }] = database.rows<{ id: string }>("select id from campaign");

  await test.step("an account elsewhere is nobody until an invitation brings it", async () => {
    const stranger = await people.arrive();
    await stranger.goto("/sign-in");
    await continueAtProvider(stranger);
    await expect(stranger.getByText("No account here belongs to that one")).toBeVisible();
    const link = await (await PeoplePage.open(admin)).invite("Labeler", 1);
    await stranger.goto(link);
    await continueAtProvider(stranger);
    await LabelHome.shown(stranger);
    await stranger.getByLabel("Account of Ann Away").click();
    await stranger.getByRole("button", { name: "Sign out" }).click();
    await expect(stranger.getByText("You are signed out.")).toBeVisible();
    await continueAtProvider(stranger);
    await expect(stranger.getByLabel("Account of Ann Away")).toBeVisible();
    const late = await people.arrive();
    await late.goto(link);
    await expect(late.getByText("This link is used up.")).toBeVisible();
    await late.goto("/sign-in/link?token=forged");
    await expect(late.getByText("There is no such link")).toBeVisible();
    expect(provider.account.sub).toBe("a-1");
  });

  const bo = { name: "Bo", email: "bo@example.org", password };
  await test.step("a session that an admin or its person ends is over at the next request", async () => {
    const link = await (await PeoplePage.open(admin)).invite("Labeler", 1);
    const laptop = await people.arrive();
    await SignInPage.joinAsLabeler(laptop, link, bo);
    const phone = await people.arrive();
    await (await SignInPage.open(phone)).asLabeler(bo.email, password);
    await laptop.goto("/account");
    const sessions = laptop.getByRole("table", { name: "Sessions, the last used first" });
    await expect(sessions.getByRole("row")).toHaveCount(3);
    await sessions.getByRole("button", { name: /^End the session on/ }).click();
    await expect(sessions.getByRole("row")).toHaveCount(2);
    await phone.goto("/label");
    await expect(phone.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await (await PeoplePage.open(admin)).row("Bo").getByRole("link", { name: "Bo" }).click();
    await admin.getByRole("button", { name: "End all" }).click();
    await expect(admin.getByText("Bo is signed in nowhere.")).toBeVisible();
    await laptop.goto("/label");
    await expect(laptop.getByRole("heading", { name: "Sign in" })).toBeVisible();
  });

  await test.step("without mail, an admin sees who asks for a link", async () => {
    const page = await people.arrive();
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Sign in without a password" }).click();
    await expect(page.getByRole("heading", { name: "Sign-in link" })).toBeVisible();
    await page.getByLabel("E-mail").fill(bo.email);
    await page.getByRole("button", { name: "Ask for a link" }).click();
    await expect(page.getByText("If this address belongs to an account")).toBeVisible();
    const row = (await PeoplePage.open(admin)).row("Bo");
    await expect(row.getByText("Asked for a sign-in link")).toBeVisible();
  });

  await test.step("consent is asked before the first task, and again when it changes", async () => {
    await admin.goto("/curate/people/consent");
    await admin.getByLabel("Text").fill("We keep what you rank.");
    await admin.getByRole("button", { name: "Publish this version" }).click();
    await expect(admin.getByText("Version 1 is in force.")).toBeVisible();
    const page = await people.arrive();
    await (await SignInPage.open(page)).signIn(bo.email, password);
    await expect(page.getByText("We keep what you rank.")).toBeVisible();
    await page.getByRole("button", { name: "I agree" }).click();
    await LabelHome.shown(page);
  });

  await test.step("a worker of a crowd market comes, ranks, and gets the code and the way back", async () => {
    await admin.goto(`/curate/campaigns/${campaignId}/people`);
    await admin.getByRole("button", { name: "New study" }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("Title").fill("Rank sorted lists");
    await dialog.getByLabel("Rankings").fill("1");
    await dialog.getByLabel("Completion code").fill("C0FFEE");
    await dialog.getByRole("button", { name: "Make the study" }).click();
    const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    const worker = await people.arrive();
    await worker.goto(link);
    await expect(worker.getByText("“PROLIFIC_PID” is missing")).toBeVisible();
    await worker.goto(link.replace("{{%PROLIFIC_PID%}}", "5f3c9a"));
    await worker.getByRole("button", { name: "I agree, begin" }).click();
    await expect(worker.getByText("0 of 1 tasks for the completion code")).toBeVisible();
    const desk = await (await LabelHome.shown(worker)).rank(campaignId);
    await desk.press("1", "t", "Enter");
    await expect(worker.getByText("Completion code:")).toBeVisible();
    await expect(worker.getByRole("link", { name: "Go back to app.prolific.com" })).toHaveAttribute(
      "href",
      "https://app.prolific.com/submissions/complete?cc=C0FFEE",
    );
  });

  await test.step("the log has it all, and personal data can be deleted", async () => {
    await (await PeoplePage.open(admin)).row("Bo").getByRole("link", { name: "Bo" }).click();
    await admin.getByRole("button", { name: "Delete personal data" }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "Delete personal data" }).click();
    await expect(admin.getByText("Data deleted")).toBeVisible();
    await admin.goto("/curate/audit");
    for (const change of ["Crowd study made", "Consent text published", "Personal data deleted"])
      await expect(admin.getByRole("rowheader", { name: change })).toBeVisible();
    await admin.getByLabel("Search").fill("C0FFEE");
    await expect(admin.getByRole("row")).toHaveCount(2);
    expect(database.count("select count(*) n from audit where \"before\" like '%argon2%'")).toBe(0);
    await expect(admin.getByText(bo.email)).toHaveCount(0);
  });
});
