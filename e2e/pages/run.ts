import { expect, type Locator, type Page } from "@playwright/test";

/** One training, as it goes. */
export class RunPage {
  private constructor(private readonly page: Page) {}

  static async shown(page: Page): Promise<RunPage> {
    await expect(page.getByRole("heading", { name: "What it measured" })).toBeVisible();
    return new RunPage(page);
  }

  static async open(page: Page, id: string): Promise<RunPage> {
    await page.goto(`/research/runs/${id}`);
    return await RunPage.shown(page);
  }

  /** From the address of the page. */
  get id(): string {
    return /\/research\/runs\/([^/?]+)/.exec(this.page.url())?.[1] ?? "";
  }

  /** "Done 12 of 12 iterations in 40 seconds" */
  get state(): Locator {
    return this.page.getByRole("main").locator("header").first();
  }

  /** A chart by its title, its numbers as a table. */
  async table(title: string): Promise<Locator> {
    const chart = this.page.getByRole("figure", { name: title });
    await chart.getByRole("button", { name: "Table" }).click();
    return chart.getByRole("table");
  }
}
