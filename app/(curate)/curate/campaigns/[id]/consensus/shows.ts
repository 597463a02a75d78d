import { z } from "zod";

/** Which tasks of a campaign are looked at. */
export const zShow = z.enum(["disputed", "adjudicated", "all", "tasks"]);
export type Show = z.infer<typeof zShow>;
