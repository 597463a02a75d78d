/** Finds a Chromium for the browser tests, or installs one. */
import { existsSync } from "node:fs";
import { chromium } from "playwright";
import { bin, run } from "./install.mjs";

const installed = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const found = () =>
  installed.find((file) => file && existsSync(file)) ??
  (existsSync(chromium.executablePath()) ? chromium.executablePath() : null);

/** The path of a Chromium: the one installed; else Playwright's; else the system's package manager's, when root. */
export async function ensureChromium() {
  if (found()) return found();
  console.log("No Chromium here: downloading Playwright's …");
  await run(bin("playwright"), ["install", "--with-deps", "chromium-headless-shell"]).catch(
    () => null,
  );
  if (found()) return found();
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("It could not be downloaded: installing the system's …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-qq"], { env });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env });
  }
  if (found()) return found();
  console.error(
    "The browser tests need a Chromium. Install one (for example: sudo apt-get install chromium) or name one in CHROMIUM_PATH, then run npm test again.",
  );
  process.exit(1);
}
