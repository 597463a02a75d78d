import type { Outputs } from "@/app/lib/trpc";

/** A task with its answers, its votes, and what they come to. */
export type ConsensusTask = Outputs["quality"]["consensus"]["rows"][number];
