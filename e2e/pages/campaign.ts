import { expect, type Locator, type Page } from "@playwright/test";

/** One campaign: where it stands, and what its admin does with it. */
export class CampaignPage {
  private constructor(private readonly page: Page) {}

  static async shown(page: Page, name: string): Promise<CampaignPage> {
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
    return new CampaignPage(page);
  }

  static async open(page: Page, id: string, name: string): Promise<CampaignPage> {
    await page.goto(`/curate/campaigns/${id}`);
    return await CampaignPage.shown(page, name);
  }

  /** From the address of the page. */
  get id(): string {
    return /\/curate\/campaigns\/([^/?]+)/.exec(this.page.url())?.[1] ?? "";
  }

  /** Where it stands, in words. */
  get state(): Locator {
    return this.page.getByTestId("campaign-state");
  }

  /** The row of a round, with what it collected and whether the truth went up. */
  round(number: number): Locator {
    return this.page.getByRole("row").filter({
      has: this.page.getByRole("rowheader", { name: String(number), exact: true }),
    });
  }

  async openForLabelers(): Promise<void> {
    await this.page.getByRole("button", { name: "Open for labelers" }).click();
    await expect(this.page.getByRole("button", { name: "Pause" })).toBeVisible();
  }

  /** A program plays labelers for all that is missing. */
  async simulateTheRest(): Promise<void> {
    await this.page.getByRole("button", { name: "Simulate labelers" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("button", { name: /^Simulate \d+ rankings?$/ }).click();
    await expect(dialog).toBeHidden();
  }

  async train(): Promise<void> {
    await this.page.getByRole("button", { name: "Train", exact: true }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Train" }).click();
    await expect(dialog).toBeHidden();
  }
}
