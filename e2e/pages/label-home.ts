import { expect, type Locator, type Page } from "@playwright/test";
import { DemonstratePage } from "./demonstrate";
import { RankPage } from "./rank";

/** A labeler's home: what there is to do in each open campaign. */
export class LabelHome {
  private constructor(private readonly page: Page) {}

  static async shown(page: Page): Promise<LabelHome> {
    await expect(page.getByRole("heading", { name: "Tasks", level: 1 })).toBeVisible();
    return new LabelHome(page);
  }

  static async open(page: Page): Promise<LabelHome> {
    await page.goto("/label");
    return await LabelHome.shown(page);
  }

  /** "You have done 3 tasks so far." */
  get state(): Locator {
    return this.page.getByText(/^You have done \d+ tasks? so far/);
  }

  async rank(campaignId: string): Promise<RankPage> {
    const start = this.page.getByRole("link", { name: "Rank answers" });
    await start.and(this.page.locator(`[href*="campaign=${campaignId}"]`)).click();
    return await RankPage.shown(this.page);
  }

  async demonstrate(campaignId: string): Promise<DemonstratePage> {
    const start = this.page.getByRole("link", { name: "Write an answer" });
    await start.and(this.page.locator(`[href*="campaign=${campaignId}"]`)).click();
    return await DemonstratePage.shown(this.page);
  }
}
