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

  /** The rule of its rounds, in words. */
  get rule(): Locator {
    return this.page.getByTestId("rule");
  }

  /** A step or gate of the present round, by its title. */
  step(title: string): Locator {
    return this.page
      .getByRole("listitem")
      .filter({ has: this.page.getByRole("heading", { name: title, exact: true }) });
  }

  async startRule(): Promise<void> {
    await this.page.getByRole("button", { name: "Set a rule" }).click();
  }

  /** Saves the rule that was begun: the fields that are named hold these numbers, the others their usual ones. */
  async saveRule(fields: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(fields))
      await this.page.getByLabel(label, { exact: true }).fill(value);
    await this.page.getByRole("button", { name: "Save the rule" }).click();
    await expect(this.rule).toBeVisible();
  }

  /** Lets the round through the gate at which it stands, although a threshold is not met. */
  async goOnAnyway(): Promise<void> {
    await this.page.getByRole("button", { name: "Go on anyway" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Go on anyway" }).click();
    await expect(dialog).toBeHidden();
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

  /** A program plays labelers for so many rankings. */
  async simulate(rankings: number): Promise<void> {
    await this.page.getByRole("button", { name: "Simulate labelers" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel("Rankings", { exact: true }).fill(String(rankings));
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
