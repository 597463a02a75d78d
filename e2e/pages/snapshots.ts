import { expect, type Locator, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** The list of snapshots, and the way to a new one. */
export class SnapshotsPage {
  private constructor(private readonly page: Page) {}

  static async shown(page: Page): Promise<SnapshotsPage> {
    await expect(page.getByRole("heading", { name: "Snapshots", level: 1 })).toBeVisible();
    return new SnapshotsPage(page);
  }

  /** Freezes the rankings of people in a campaign, as the dialog offers it. */
  async freeze(campaign: string): Promise<SnapshotPage> {
    await this.page.getByRole("button", { name: "Freeze rankings" }).click();
    const dialog = this.page.getByRole("dialog");
    const select = dialog.getByLabel("Campaign");
    const option = select.getByRole("option", { name: campaign });
    await select.selectOption((await option.getAttribute("value")) ?? "");
    await dialog.getByRole("button", { name: "Freeze rankings" }).click();
    return await SnapshotPage.shown(this.page, campaign);
  }
}

/** One snapshot: what is in it, and its downloads. */
export class SnapshotPage {
  private constructor(private readonly page: Page) {}

  static async shown(page: Page, campaign: string): Promise<SnapshotPage> {
    await expect(page.getByRole("heading", { name: "Download", exact: true })).toBeVisible();
    await expect(page.getByRole("heading", { name: campaign, level: 1 })).toBeVisible();
    return new SnapshotPage(page);
  }

  /** "3 rankings by 2 labelers, worth 17 comparisons" */
  get state(): Locator {
    return this.page.getByRole("main").locator("header").first();
  }

  /** Downloads the rows in a format, as a browser does. */
  async download<Row>(format: "K-wise rankings" | "TRL preference pairs"): Promise<Row[]> {
    await this.page.getByText(format, { exact: true }).click();
    const coming = this.page.waitForEvent("download");
    await this.page.getByRole("link", { name: "Download rows" }).click();
    const file = await (await coming).path();
    const text = gunzipSync(readFileSync(file)).toString("utf8");
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Row);
  }
}
