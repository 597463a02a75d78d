import { expect, type Page } from "@playwright/test";

/** Demonstrations that wait for a verdict. */
export class ReviewPage {
  private constructor(private readonly page: Page) {}

  static async open(page: Page, campaignId: string): Promise<ReviewPage> {
    await page.goto(`/curate/demonstrations?campaign=${campaignId}`);
    await expect(page.getByRole("heading", { name: "Demonstrations", level: 1 })).toBeVisible();
    return new ReviewPage(page);
  }

  async accept(prompt: string): Promise<void> {
    const item = this.page.getByRole("listitem").filter({ hasText: prompt });
    await item.getByRole("button", { name: "Accept" }).click();
    await expect(item).toBeHidden();
  }
}
