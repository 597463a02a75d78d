import { expect, type Page } from "@playwright/test";
import { CirclePage } from "./circle";
import { LabelHome } from "./label-home";

interface NewAccount {
  name: string;
  email: string;
  password: string;
}

/** The door: a one-time link, an invitation, or e-mail and password. */
export class SignInPage {
  private constructor(private readonly page: Page) {}

  static async open(page: Page): Promise<SignInPage> {
    await page.goto("/sign-in");
    return new SignInPage(page);
  }

  /** Follows the link that the start of the site printed. */
  static async byLink(page: Page, link: string): Promise<CirclePage> {
    await page.goto(link);
    await page.getByRole("button", { name: /^Sign in as / }).click();
    return await CirclePage.shown(page);
  }

  static async joinAsLabeler(page: Page, link: string, account: NewAccount): Promise<LabelHome> {
    await SignInPage.join(page, link, account, "Labeler");
    return await LabelHome.shown(page);
  }

  static async joinAsResearcher(
    page: Page,
    link: string,
    account: NewAccount,
  ): Promise<CirclePage> {
    await SignInPage.join(page, link, account, "Researcher");
    return await CirclePage.shown(page);
  }

  /** Gives e-mail and password; where that leads is the test's to say. */
  async signIn(email: string, password: string): Promise<void> {
    await this.page.getByLabel("E-mail").fill(email);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
  }

  async asLabeler(email: string, password: string): Promise<LabelHome> {
    await this.signIn(email, password);
    return await LabelHome.shown(this.page);
  }

  private static async join(page: Page, link: string, account: NewAccount, role: string) {
    await page.goto(link);
    await expect(page.getByText(`You are invited as ${role}.`)).toBeVisible();
    await page.getByLabel("Name").fill(account.name);
    await page.getByLabel("E-mail").fill(account.email);
    await page.getByLabel("Password").fill(account.password);
    await page.getByRole("button", { name: "Make the account" }).click();
  }
}
