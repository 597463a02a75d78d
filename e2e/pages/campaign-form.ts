import { expect, type Page } from "@playwright/test";
import { CampaignPage } from "./campaign";

interface NewCampaign {
  name: string;
  guidelines: string;
  prompts: readonly string[];
  /** Name of the model that answers. */
  policy: string;
  completionsPerTask: number;
  tasksPerRound: number;
  overlap: number;
  maxNewTokens: number;
}

/** The form of a new campaign. */
export class CampaignForm {
  private constructor(private readonly page: Page) {}

  static async shown(page: Page): Promise<CampaignForm> {
    await expect(page.getByRole("button", { name: "Create campaign" })).toBeVisible();
    return new CampaignForm(page);
  }

  /** A campaign whose answers a program can judge, and which learns from simulated rankings too. */
  async create(campaign: NewCampaign): Promise<CampaignPage> {
    const field = (label: string) => this.page.getByLabel(label);
    await field("Name").fill(campaign.name);
    await field("Guidelines").fill(campaign.guidelines);
    await field("Prompts (optional)").fill(campaign.prompts.join("\n"));
    await expect(this.page.getByText(`${campaign.prompts.length} prompts`)).toBeVisible();
    const policy = field("Starting policy");
    const option = policy.getByRole("option", { name: campaign.policy });
    await policy.selectOption((await option.getAttribute("value")) ?? "");
    await field("Answers per task").selectOption(String(campaign.completionsPerTask));
    await field("Tasks per round").fill(String(campaign.tasksPerRound));
    await field("Labelers per task").fill(String(campaign.overlap));
    await expect(
      this.page.getByText(`${campaign.tasksPerRound * campaign.overlap} rankings a round.`),
    ).toBeVisible();
    await field("Truth check").selectOption("sort");
    await field("Train on simulated rankings too").check();
    await field("Longest answer").fill(String(campaign.maxNewTokens));
    await this.page.getByRole("button", { name: "Create campaign" }).click();
    return await CampaignPage.shown(this.page, campaign.name);
  }
}
