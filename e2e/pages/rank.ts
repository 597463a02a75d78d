import { expect, type Locator, type Page } from "@playwright/test";

type Letter = "A" | "B" | "C" | "D" | "E" | "F";

/** What a labeler was shown: text by letter. */
type Shown = Record<string, string>;

/** The ranking page, by mouse and by keyboard. */
export class RankPage {
  private constructor(private readonly page: Page) {}

  static async shown(page: Page): Promise<RankPage> {
    await expect(page.getByRole("article", { name: "Completion A" })).toBeVisible();
    // the keyboard is on a completion once the page's script runs: keys pressed before go nowhere
    await expect(page.locator("[data-completion]:focus-within")).toHaveCount(1);
    return new RankPage(page);
  }

  static async open(page: Page, campaignId: string): Promise<RankPage> {
    await page.goto(`/label/rank?campaign=${campaignId}`);
    return await RankPage.shown(page);
  }

  /** "3 of 16 in round 1, 2 by you" */
  get progress(): Locator {
    return this.page.getByText(/ in round \d+, \d+ by you$/);
  }

  card(letter: Letter): Locator {
    return this.page.getByRole("article", { name: `Completion ${letter}` });
  }

  /** Its text, as it stands in its card. */
  text(letter: Letter): Locator {
    return this.card(letter).locator("[data-text]");
  }

  private handle(letter: Letter): Locator {
    return this.page.locator(`#completion-${letter}`);
  }

  async prompt(): Promise<string> {
    return await this.page
      .getByRole("region", { name: "Prompt" })
      .locator("[tabindex='0']") // what is scrolled: its text
      .innerText();
  }

  /** The texts of the completions by their letters. */
  async texts(): Promise<Shown> {
    const cards = await this.page.locator("[data-completion]").all();
    const pairs = cards.map(async (card) => [
      await card.getAttribute("data-completion"),
      await card.locator("[data-text]").textContent(),
    ]);
    return Object.fromEntries(await Promise.all(pairs)) as Shown;
  }

  /** Every completion starts without a place. */
  async expectNothingPlaced(): Promise<void> {
    const cards = this.page.locator("[data-completion]");
    await expect(cards.filter({ hasText: "unplaced" })).toHaveCount(await cards.count());
  }

  /** Drags a completion by its handle onto a rank. */
  async drag(letter: Letter, rank: number): Promise<void> {
    const slot = this.page.locator(`[data-drop="slot-${rank}"]`);
    await this.handle(letter).hover();
    await this.page.mouse.down();
    await slot.hover({ force: true }); // under the pointer is then what is dragged
    await this.page.mouse.up();
    await expect(this.card(letter)).toContainText(`rank ${rank}`);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async expectPlace(letter: Letter, place: string): Promise<void> {
    await expect(this.handle(letter)).toContainText(place);
  }

  async send(): Promise<void> {
    await this.page.getByRole("button", { name: "Send ranking" }).click();
  }
}
