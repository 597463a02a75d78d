import { labelingProgress, nextTask, zNextTask } from "../services/labeling";
import {
  renewLease,
  saveDraft,
  skipTask,
  submitRanking,
  zRenew,
  zSaveDraft,
  zSkipTask,
  zSubmitRanking,
} from "../services/labeling-submit";
import { labelerProcedure, router } from "./trpc";

/** What a labeler does with tasks. */
export const labeling = router({
  /** A mutation, for it lends the task. */
  next: labelerProcedure
    .input(zNextTask)
    .mutation(({ ctx, input }) => nextTask(ctx, ctx.actor, input)),
  renew: labelerProcedure
    .input(zRenew)
    .mutation(({ ctx, input }) => renewLease(ctx, ctx.actor, input)),
  saveDraft: labelerProcedure
    .input(zSaveDraft)
    .mutation(({ ctx, input }) => saveDraft(ctx, ctx.actor, input)),
  submit: labelerProcedure
    .input(zSubmitRanking)
    .mutation(({ ctx, input }) => submitRanking(ctx, ctx.actor, input)),
  skip: labelerProcedure
    .input(zSkipTask)
    .mutation(({ ctx, input }) => skipTask(ctx, ctx.actor, input)),
  progress: labelerProcedure.query(({ ctx }) => labelingProgress(ctx, ctx.actor)),
});
