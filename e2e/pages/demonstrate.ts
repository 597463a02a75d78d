import { expect, type Page } from "@playwright/test";

/** A prompt, and the answer that one would want. */
export class DemonstratePage {
  private constructor(private readonly page: Page) {}

  static async shown(page: Page): Promise<DemonstratePage> {
    await expect(page.getByLabel("Your answer")).toBeVisible();
    return new DemonstratePage(page);
  }

  async prompt(): Promise<string> {
    return await this.page.getByRole("region", { name: "Prompt" }).locator("> div").innerText();
  }

  /** Sends an answer to review; the next prompt follows. */
  async write(text: string): Promise<void> {
    await this.page.getByLabel("Your answer").fill(text);
    await this.page.getByRole("button", { name: "Send to review" }).click();
    await expect(this.page.getByText("Sent to review.")).toBeVisible();
  }
}
