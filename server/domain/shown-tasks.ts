import { z } from "zod";

/** Which tasks of a campaign are looked at: `all` are those that several ranked, `tasks` those too that nobody did. */
export const zShownTasks = z.enum(["disputed", "adjudicated", "all", "tasks"]);
export type ShownTasks = z.infer<typeof zShownTasks>;
