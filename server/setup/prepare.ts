/** Run by `npm start` before the site and the worker: migrates, makes the first admin, asks for the demo. Prints JSON. */
import { migrateDatabase } from "../db/migrate";
import { AppError } from "../domain/app-error";
import { ensureDemo } from "../services/demo";
import { firstAdminLink } from "../services/invites";
import { mailSettings } from "../services/mail";
import { services, settings } from "../services/context";
import { lookForModels } from "../services/models";

async function prepare() {
  mailSettings(); // half of a configuration is said now, not when somebody waits for a mail
  await migrateDatabase(settings().url);
  const ctx = services();
  const { path } = await firstAdminLink(ctx);
  const demo = process.env.REVEALED_DEMO !== "off" && (await ensureDemo(ctx));
  await lookForModels(ctx);
  await ctx.db.close();
  return { signInPath: path, demo };
}

try {
  process.stdout.write(JSON.stringify(await prepare()));
} catch (error) {
  console.error(error instanceof AppError ? error.message : error);
  process.exitCode = 1;
}
