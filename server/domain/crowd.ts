import { z } from "zod";

/** Where a study's workers come from. */
export const zCrowdMarket = z.enum(["prolific", "mturk", "other"]);
export type CrowdMarket = z.infer<typeof zCrowdMarket>;
