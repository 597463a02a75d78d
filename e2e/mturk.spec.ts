import type { BrowserContext, Locator } from "@playwright/test";
import { findings } from "./fixtures/axe";
import { longTasks } from "./fixtures/long-tasks";
import { seedCampaign } from "./fixtures/seed";
import { expect, test } from "./fixtures/test";
import { LabelHome } from "./pages/label-home";
import { SignInPage } from "./pages/sign-in";

/** The browser takes the markets for the internet and the product for this machine: going between needs leave. */
const local = { permissions: ["local-network-access"] };

const sandbox = "https://workersandbox.mturk.com";

/** A site that shows an address in a frame, as a market does. @returns what was posted to it */
async function framing(context: BrowserContext, origin: string, address: string) {
  const posted: string[] = [];
  await context.route(`${origin}/**`, async (route) => {
    const request = route.request();
    if (request.method() === "POST") posted.push(`${request.url()} ${request.postData()}`);
    const body =
      request.method() === "POST"
        ? "<h1>Submitted</h1>"
        : `<html lang="en"><title>Market</title><iframe title="Task" name="task" src="${address.replaceAll("&", "&amp;")}" width="900" height="700"></iframe>`;
    await route.fulfill({ contentType: "text/html", body });
  });
  return posted;
}

test("a worker of MTurk accepts, works in a tab of its own, and submits from the frame", async ({
  people,
  product,
}) => {
  people.forgive(/frame-ancestors|X-Frame-Options|ERR_BLOCKED_BY_RESPONSE/);
  const campaignId = seedCampaign(product.databaseFile, { name: "Turk", tasks: longTasks(2) });
  const admin = await people.arrive();
  await SignInPage.byLink(admin, product.adminLink);
  await admin.goto(`/curate/campaigns/${campaignId}/people`);
  const make = async (market: string, fill: (dialog: Locator) => Promise<void>) => {
    await admin.getByRole("button", { name: "New study" }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("Market").selectOption({ label: market });
    await dialog.getByLabel("Title").fill(`Rank answers, ${market}`);
    await dialog.getByLabel("Rankings").fill("1");
    await fill(dialog);
    await dialog.getByRole("button", { name: "Make the study" }).click();
    const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    return link;
  };
  const link = await make("Mechanical Turk", async () => {});
  const prolific = await make("Prolific", (dialog) =>
    dialog.getByLabel("Completion code").fill("C0DE"),
  );
  const filled = (assignmentId: string) =>
    `${link
      .replace("${workerId}", "A1B2C3")
      .replace("${assignmentId}", assignmentId)
      .replace("${hitId}", "H1")}&turkSubmitTo=${encodeURIComponent(sandbox)}`;

  await test.step("before it is accepted there is nothing to begin", async () => {
    const page = await people.arrive(local);
    await framing(page.context(), sandbox, filled("ASSIGNMENT_ID_NOT_AVAILABLE"));
    await page.goto(`${sandbox}/preview`);
    const frame = page.frameLocator("iframe");
    await expect(frame.getByText("Accept the task first")).toBeVisible();
    await expect(frame.getByRole("link", { name: "Open the task" })).toHaveCount(0);
    await expect(frame.getByRole("button", { name: "Begin" })).toHaveCount(0);
  });

  await test.step("once it is", async () => {
    const page = await people.arrive(local);
    const posted = await framing(page.context(), sandbox, filled("3ASSIGNMENT"));
    await page.goto(`${sandbox}/task`);
    const frame = page.frameLocator("iframe");
    await expect(frame.getByText("Leave this page open")).toBeVisible();
    expect(await findings(page, "the frame")).toEqual([]);
    await frame.getByRole("button", { name: "Submit the HIT" }).click();
    await expect(frame.getByText("The code is missing")).toBeVisible();
    expect(posted).toEqual([]);

    const opened = page.waitForEvent("popup");
    await frame.getByRole("link", { name: "Open the task in a new tab" }).click();
    const tab = await opened;
    await tab.getByRole("button", { name: "Begin" }).click();
    const desk = await (await LabelHome.shown(tab)).rank(campaignId);
    await desk.press("1", "t", "Enter");
    await expect(tab.getByText("the code is there. Submit the HIT there")).toBeVisible();
    const code = await tab.getByLabel("Your part in the study").locator("code").innerText();
    await expect(frame.getByLabel("Completion code")).toHaveValue(code);
    await page.bringToFront();
    await frame.getByRole("button", { name: "Submit the HIT" }).click();
    await expect(frame.getByText("Submitted")).toBeVisible();
    expect(posted).toHaveLength(1);
    const [address, fields] = posted[0].split(" ");
    expect(address).toBe(`${sandbox}/mturk/externalSubmit`);
    expect(Object.fromEntries(new URLSearchParams(fields))).toEqual({
      assignmentId: "3ASSIGNMENT",
      code,
    });
  });

  await test.step("without the frame the tab submits by itself", async () => {
    const page = await people.arrive(local);
    const posted = await framing(page.context(), sandbox, "about:blank");
    await page.goto(filled("3OTHER").replace("A1B2C3", "Z9Y8X7"));
    await page.getByRole("button", { name: "Begin" }).click();
    const desk = await (await LabelHome.shown(page)).rank(campaignId);
    await desk.press("1", "t", "Enter");
    await page.getByRole("button", { name: "Go back to workersandbox.mturk.com" }).click();
    await expect(page.getByText("Submitted")).toBeVisible();
    expect(posted[0]).toContain("assignmentId=3OTHER");
  });

  await test.step("nobody else frames it, and nothing else is framed", async () => {
    const frames = [
      { by: "https://mturk.com.evil.example", what: filled("3ASSIGNMENT") },
      { by: sandbox, what: prolific },
      { by: sandbox, what: prolific.replace("/crowd/", "/crowd/mturk/") },
      { by: sandbox, what: `${product.address}/sign-in` },
    ];
    for (const { by, what } of frames) {
      const page = await people.arrive(local);
      await framing(page.context(), by, what);
      await page.goto(`${by}/task`);
      const shown = page.frame("task");
      await expect.poll(() => shown?.url()).not.toBe("about:blank");
      await expect(page.frameLocator("iframe").getByText("Rank answers")).toHaveCount(0);
      await expect(page.frameLocator("iframe").getByRole("textbox")).toHaveCount(0);
    }
  });
});
