import { account } from "./account";
import { campaigns } from "./campaigns";
import { circle } from "./circle";
import { demonstrations } from "./demonstrations";
import { labeling } from "./labeling";
import { models } from "./models";
import { jobs } from "./jobs";
import { people } from "./people";
import { work } from "./own-work";
import { prompts } from "./prompts";
import { quality } from "./quality";
import { rounds } from "./rounds";
import { runs } from "./runs";
import { simulation } from "./simulation";
import { snapshots } from "./snapshots";
import { router } from "./trpc";

/** Every router of the site, one a noun. */
export const appRouter = router({
  account,
  campaigns,
  circle,
  demonstrations,
  labeling,
  models,
  jobs,
  people,
  prompts,
  quality,
  rounds,
  runs,
  simulation,
  snapshots,
  work,
});

export type AppRouter = typeof appRouter;
