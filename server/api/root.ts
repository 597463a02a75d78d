import { account } from "./account";
import { campaigns } from "./campaigns";
import { circle } from "./circle";
import { consent } from "./consent";
import { demonstrations } from "./demonstrations";
import { entry } from "./entry";
import { labeling } from "./labeling";
import { models } from "./models";
import { jobs } from "./jobs";
import { payment } from "./payment";
import { people } from "./people";
import { work } from "./own-work";
import { prompts } from "./prompts";
import { quality } from "./quality";
import { rounds } from "./rounds";
import { runs } from "./runs";
import { simulation } from "./simulation";
import { snapshots } from "./snapshots";
import { studies } from "./studies";
import { router } from "./trpc";

/** Every router of the site, one a noun. */
export const appRouter = router({
  account,
  campaigns,
  circle,
  consent,
  demonstrations,
  entry,
  labeling,
  models,
  jobs,
  payment,
  people,
  prompts,
  quality,
  rounds,
  runs,
  simulation,
  snapshots,
  work,
  studies,
});

export type AppRouter = typeof appRouter;
