import { expect, type Locator, type Page } from "@playwright/test";

/** The comparison page, by mouse and by keyboard. */
export class ComparePage {
  private constructor(private readonly page: Page) {}

  static async shown(page: Page): Promise<ComparePage> {
    await expect(page.getByRole("article", { name: "Answer B" })).toBeVisible();
    // the keyboard is on an answer once the page's script runs: keys pressed before go nowhere
    await expect(page.locator("#answer-A")).toBeFocused();
    return new ComparePage(page);
  }

  static async open(page: Page, campaignId: string): Promise<ComparePage> {
    await page.goto(`/label/rank?campaign=${campaignId}`);
    return await ComparePage.shown(page);
  }

  /** "3 of 16 in round 1, 2 by you" */
  get progress(): Locator {
    return this.page.getByText(/ in round \d+, \d+ by you$/);
  }

  answer(letter: "A" | "B"): Locator {
    return this.page.getByRole("article", { name: `Answer ${letter}` });
  }

  point(name: string): Locator {
    return this.page.getByRole("radio", { name, exact: true });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async expectChosen(name: string): Promise<void> {
    await expect(this.point(name)).toBeChecked();
  }

  /** No point is given to begin with. */
  async expectNothingChosen(): Promise<void> {
    await expect(
      this.page.getByRole("radio", { name: "No difference", exact: true }),
    ).toBeVisible();
    await expect(this.page.locator("[data-scale] input:checked")).toHaveCount(0);
  }
}
