import { activity, cancelJob, zCancelJob, zListJobs } from "../services/jobs";
import { researcherProcedure, router } from "./trpc";

export const jobs = router({
  activity: researcherProcedure
    .input(zListJobs)
    .query(({ ctx, input }) => activity(ctx, ctx.actor, input)),
  cancel: researcherProcedure
    .input(zCancelJob)
    .mutation(({ ctx, input }) => cancelJob(ctx, ctx.actor, input)),
});
