import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { demoMade } from "../fixtures/demo";
import { ada } from "../fixtures/labeler";
import { longTasks } from "../fixtures/long-tasks";
import { Product } from "../fixtures/product";
import { seedCampaign } from "../fixtures/seed";
import { ComparePage } from "../pages/compare";
import { DemonstratePage } from "../pages/demonstrate";
import { RankPage } from "../pages/rank";
import { SignInPage } from "../pages/sign-in";
import { browserOptions } from "../playwright.config";
import { Latencies, type LatencySummary } from "./figures";

const tasks = 30;
const paints = 7;
/** What a person needs at least before they are done with a task. */
const thought = 1000;

declare global {
  interface Window {
    drawn: Promise<number>;
  }
}

/** Milliseconds from Enter until another task is drawn. @throws when none comes within ten seconds */
async function untilNext(page: Page): Promise<number> {
  const within = 10_000;
  await page.evaluate((limit) => {
    const shown = () => document.querySelector("main [data-text]");
    const before = shown();
    window.drawn = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`no other task within ${limit} ms`)), limit);
      const heard = ({ timeStamp }: KeyboardEvent) => {
        const look = () => {
          if (shown() && shown() !== before)
            requestAnimationFrame(() => resolve(performance.now() - timeStamp));
          else requestAnimationFrame(look);
        };
        look();
      };
      addEventListener("keydown", heard, { once: true, capture: true });
    });
  }, within);
  await page.keyboard.press("Enter");
  return await page.evaluate(() => window.drawn);
}

/** Milliseconds until the largest thing of a page is painted, in a browser that has nothing of it yet. */
async function largestPaint(
  browser: Browser,
  storageState: Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>,
  baseURL: string,
  open: (page: Page) => Promise<unknown>,
): Promise<number> {
  const context = await browser.newContext({ baseURL, storageState });
  const page = await context.newPage();
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries())
        document.documentElement.dataset.painted = String(startTime);
    }).observe({ type: "largest-contentful-paint", buffered: true });
  });
  await open(page);
  await sleep(500);
  const painted = await page.locator("html").getAttribute("data-painted");
  await context.close();
  return Number(painted);
}

/** When the largest thing of a labeler's page is painted, and how soon after a ranking is sent the next task is there. */
export async function measureDesk(): Promise<[string, LatencySummary | null][]> {
  const data = mkdtempSync(path.join(tmpdir(), "revealed-desk-"));
  const product = await Product.start(data);
  const browser = await chromium.launch(browserOptions);
  try {
    await demoMade(product); // nothing else runs
    const context = await browser.newContext({ baseURL: product.address });
    const admin = await context.newPage();
    const people = await (await SignInPage.byLink(admin, product.adminLink)).people();
    const link = await people.invite("Labeler", 1);
    const labeler = await browser.newContext({ baseURL: product.address });
    const page = await labeler.newPage();
    await page.addInitScript("globalThis.__name = (named) => named"); // what tsx puts around functions
    await SignInPage.joinAsLabeler(page, link, ada);
    const file = product.databaseFile;
    const ranked = seedCampaign(file, {
      name: "Ranked",
      tasks: longTasks(tasks + 1),
      // the same keys every time, which would stop a person
      config: { quality: { rules: { "straight-lining": { action: "off" } } } },
    });
    const pairs = longTasks(paints).map(({ prompt, texts }) => {
      return { prompt, texts: texts.slice(0, 2) };
    });
    const compared = seedCampaign(file, { name: "Compared", tasks: pairs, comparing: 7 });
    const rows: [string, LatencySummary | null][] = [];
    const state = await labeler.storageState();
    const opens: [string, (page: Page) => Promise<unknown>][] = [
      ["ranking", (one) => RankPage.open(one, ranked)],
      ["comparison", (one) => ComparePage.open(one, compared)],
      [
        "demonstration",
        async (one) => {
          await one.goto(`/label/demonstrate?campaign=${ranked}`);
          await DemonstratePage.shown(one);
        },
      ],
    ];
    for (const [name, open] of opens) {
      const all = new Latencies();
      for (let i = 0; i < paints; i++)
        all.add(i, await largestPaint(browser, state, product.address, open));
      rows.push([`largest paint, ${name}`, all.summary()]);
    }
    const rank = await RankPage.open(page, ranked);
    const next = new Latencies();
    for (let i = 0; i < tasks; i++) {
      await rank.press("1", "t");
      await sleep(thought);
      next.add(i, await untilNext(page));
    }
    rows.push(["submit to the next task", next.summary()]);
    return rows;
  } finally {
    await browser.close();
    await product.stop();
    rmSync(data, { recursive: true, force: true });
  }
}
