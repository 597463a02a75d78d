import { account } from "./account";
import { campaigns } from "./campaigns";
import { circle } from "./circle";
import { people } from "./people";
import { prompts } from "./prompts";
import { snapshots } from "./snapshots";
import { router } from "./trpc";

/** Every router of the site, one a noun. */
export const appRouter = router({
  account,
  campaigns,
  circle,
  people,
  prompts,
  snapshots,
});

export type AppRouter = typeof appRouter;
