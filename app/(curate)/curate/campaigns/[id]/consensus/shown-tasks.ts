import { z } from "zod";
import type { Outputs } from "@/app/lib/trpc";

/** Which tasks of a campaign are looked at. */
export const zShow = z.enum(["disputed", "adjudicated", "all", "tasks"]);
export type Show = z.infer<typeof zShow>;

/** A task with its answers, its votes, and what they come to. */
export type ConsensusTask = Outputs["quality"]["consensus"]["rows"][number];
