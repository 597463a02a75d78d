import { expect, type Locator, type Page } from "@playwright/test";

type RoleName = "Labeler" | "Researcher" | "Admin";

/** Who is here, and how others come. */
export class PeoplePage {
  private constructor(private readonly page: Page) {}

  static async shown(page: Page): Promise<PeoplePage> {
    await expect(page.getByRole("heading", { name: "People", level: 1 })).toBeVisible();
    return new PeoplePage(page);
  }

  static async open(page: Page): Promise<PeoplePage> {
    await page.goto("/curate/people");
    return await PeoplePage.shown(page);
  }

  /** Makes an invitation. @returns its link */
  async invite(role: RoleName, uses: number): Promise<string> {
    const dialog = this.page.getByRole("dialog");
    // a click on a page that is drawn but not yet alive is lost
    await expect(async () => {
      await this.page.getByRole("button", { name: "Invite people" }).click({ timeout: 2000 });
      await expect(dialog).toBeVisible({ timeout: 2000 });
    }).toPass({ timeout: 30_000 });
    await dialog.getByLabel("Role").selectOption({ label: role });
    await dialog.getByLabel("How many may use it").fill(String(uses));
    await dialog.getByRole("button", { name: "Create link" }).click();
    const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    return link;
  }

  /** The row of a person, in either table. */
  row(name: string): Locator {
    return this.page.getByRole("row").filter({ hasText: name });
  }
}
