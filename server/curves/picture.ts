import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";
import { drawInPage } from "./draw";
import type { Figure } from "./figure";

const packages = new URL("../../node_modules/", import.meta.url);

/** The figure as a PNG, drawn by Observable Plot in a Chromium: CHROMIUM_PATH, the system's, or Playwright's. */
export async function writePicture(
  file: string,
  figure: Figure,
  size = { width: 1080, height: 220 },
): Promise<void> {
  const executablePath = [process.env.CHROMIUM_PATH, "/usr/bin/chromium"].find(
    (path) => path !== undefined && existsSync(path),
  );
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({
      viewport: { width: size.width + 40, height: 400 },
      deviceScaleFactor: 1.5,
    });
    for (const script of ["d3/dist/d3.min.js", "@observablehq/plot/dist/plot.umd.min.js"])
      await page.addScriptTag({ path: fileURLToPath(new URL(script, packages)) });
    await page.evaluate("globalThis.__name = (of) => of"); // how esbuild keeps the names of functions
    await page.evaluate(drawInPage, { figure, size });
    await page.screenshot({ path: file, fullPage: true });
  } finally {
    await browser.close();
  }
}
