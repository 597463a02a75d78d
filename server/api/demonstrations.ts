import {
  demonstrationProgress,
  nextDemonstration,
  ownDemonstrations,
  skipDemonstration,
  zNextDemonstration,
  zSkipDemonstration,
} from "../services/demonstrations";
import {
  readDemonstration,
  saveDemonstration,
  similarToDemonstration,
  submitDemonstration,
  zDemonstrationRef,
  zDemonstrationText,
} from "../services/demonstrations-draft";
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
  draft: labelerProcedure
    .input(zDemonstrationRef)
    .query(({ ctx, input }) => readDemonstration(ctx, ctx.actor, input)),
  similar: labelerProcedure
    .input(zDemonstrationRef)
    .query(({ ctx, input }) => similarToDemonstration(ctx, ctx.actor, input)),
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
