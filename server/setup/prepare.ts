/** Run by `npm start` before the site and the worker: migrates, makes the first admin, asks for the demo. Prints JSON. */
import { migrateDatabase } from "../db/migrate";
import { AppError } from "../domain/app-error";
import { firstAdminLink } from "../services/invites";
import { services, settings } from "../services/context";

async function prepare() {
  await migrateDatabase(settings().url);
  const ctx = services();
  const { path } = await firstAdminLink(ctx);
  await ctx.db.close();
  return { signInPath: path };
}

try {
  process.stdout.write(JSON.stringify(await prepare()));
} catch (error) {
  console.error(error instanceof AppError ? error.message : error);
  process.exitCode = 1;
}
