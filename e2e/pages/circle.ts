import { expect, type Locator, type Page } from "@playwright/test";
import { CampaignForm } from "./campaign-form";
import { PeoplePage } from "./people";
import { RunPage } from "./run";
import { SnapshotsPage } from "./snapshots";

type Place = "prompts" | "demonstrations" | "policy" | "rankings" | "reward" | "ppo" | "proof";

/** The map of the product: home of admins and researchers. */
export class CirclePage {
  private constructor(private readonly page: Page) {}

  static async shown(page: Page): Promise<CirclePage> {
    await expect(page.getByTestId("circle")).toBeVisible();
    return new CirclePage(page);
  }

  static async open(page: Page, campaignId?: string): Promise<CirclePage> {
    await page.goto(campaignId ? `/?campaign=${campaignId}` : "/");
    return await CirclePage.shown(page);
  }

  station(name: Place): Locator {
    return this.page.locator(`[data-station="${name}"]`);
  }

  /** The one thing to do next. */
  get next(): Locator {
    return this.page.locator("[data-next]");
  }

  async people(): Promise<PeoplePage> {
    await this.page.getByRole("link", { name: "People" }).click();
    return await PeoplePage.shown(this.page);
  }

  async newCampaign(): Promise<CampaignForm> {
    await this.page.getByRole("link", { name: "Campaigns" }).click();
    await this.page.getByRole("link", { name: "New campaign" }).click();
    await this.page.getByRole("link", { name: "All fields at once" }).click();
    return await CampaignForm.shown(this.page);
  }

  async snapshots(): Promise<SnapshotsPage> {
    await this.page.getByRole("link", { name: "Snapshots" }).click();
    return await SnapshotsPage.shown(this.page);
  }

  async follow(station: "reward" | "ppo"): Promise<RunPage> {
    await this.station(station).click();
    return await RunPage.shown(this.page);
  }
}
