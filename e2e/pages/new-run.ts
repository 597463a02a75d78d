import { expect, type Page } from "@playwright/test";
import { RunPage } from "./run";

interface Imitation {
  campaign: string;
  /** Name of the model that it starts from. */
  model: string;
  epochs: number;
}

/** The form of a training outside a campaign's rounds. */
export class NewRunPage {
  private constructor(private readonly page: Page) {}

  static async open(page: Page): Promise<NewRunPage> {
    await page.goto("/research/runs/new");
    await expect(page.getByRole("heading", { name: "New run", level: 1 })).toBeVisible();
    return new NewRunPage(page);
  }

  /** The form filled in as a run was, started as it stands. */
  static async repeat(page: Page, run: string): Promise<RunPage> {
    await page.goto(`/research/runs/${run}`);
    await page.getByRole("link", { name: "Clone with changes" }).click();
    await expect(page.getByRole("heading", { name: "New run", level: 1 })).toBeVisible();
    await page.getByRole("button", { name: "Start a run" }).click();
    await page.waitForURL(
      (url) => /runs\/(?!new)/.test(url.pathname) && !url.pathname.endsWith(run),
    );
    return await RunPage.shown(page);
  }

  /** Measures what picking the best of so many answers of a policy is worth. */
  async pickTheBest(from: {
    campaign: string;
    model: string;
    reward: string;
    completions: number;
  }): Promise<void> {
    await this.page.getByLabel("Best of n").check();
    await this.page.getByLabel("Campaign").selectOption({ label: from.campaign });
    await this.page.getByLabel("Starts from").selectOption(from.model);
    await this.page.getByLabel("Reward model", { exact: true }).last().selectOption(from.reward);
    await this.page.getByLabel("completions", { exact: true }).fill(String(from.completions));
    await this.page.getByRole("button", { name: "Start a run" }).click();
    await expect(this.page.getByRole("heading", { name: "The best of n answers" })).toBeVisible();
  }

  /** Learns from the accepted demonstrations of a campaign. */
  async imitate({ campaign, model, epochs }: Imitation): Promise<RunPage> {
    await this.page.getByText("Imitation", { exact: true }).click();
    await this.page.getByLabel("Campaign").selectOption({ label: campaign });
    const start = this.page.getByLabel("Starts from");
    const option = start.getByRole("option", { name: model });
    await start.selectOption((await option.getAttribute("value")) ?? "");
    await this.page.getByLabel("epochs", { exact: true }).fill(String(epochs));
    await this.page.getByRole("button", { name: "Start a run" }).click();
    return await RunPage.shown(this.page);
  }
}
