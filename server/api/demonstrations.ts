import {
  demonstrationProgress,
  nextDemonstration,
  ownDemonstrations,
  saveDemonstration,
  skipDemonstration,
  submitDemonstration,
  zDemonstrationText,
  zNextDemonstration,
  zSkipDemonstration,
} from "../services/demonstrations";
import {
  listDemonstrations,
  reviewDemonstration,
  zListDemonstrations,
  zReviewDemonstration,
} from "../services/demonstrations-review";
import { labelerProcedure, memberProcedure, router } from "./trpc";

/** Written by labelers, reviewed by reviewers and admins. */
export const demonstrations = router({
  /** A mutation, for it keeps the prompt from others. */
  next: labelerProcedure
    .input(zNextDemonstration)
    .mutation(({ ctx, input }) => nextDemonstration(ctx, ctx.actor, input)),
  saveDraft: labelerProcedure
    .input(zDemonstrationText)
    .mutation(({ ctx, input }) => saveDemonstration(ctx, ctx.actor, input)),
  submit: labelerProcedure
    .input(zDemonstrationText)
    .mutation(({ ctx, input }) => submitDemonstration(ctx, ctx.actor, input)),
  skip: labelerProcedure
    .input(zSkipDemonstration)
    .mutation(({ ctx, input }) => skipDemonstration(ctx, ctx.actor, input)),
  progress: labelerProcedure.query(({ ctx }) => demonstrationProgress(ctx, ctx.actor)),
  mine: labelerProcedure.query(({ ctx }) => ownDemonstrations(ctx, ctx.actor)),
  // who reviews where, the services know
  list: memberProcedure
    .input(zListDemonstrations)
    .query(({ ctx, input }) => listDemonstrations(ctx, ctx.actor, input)),
  review: memberProcedure
    .input(zReviewDemonstration)
    .mutation(({ ctx, input }) => reviewDemonstration(ctx, ctx.actor, input)),
});
