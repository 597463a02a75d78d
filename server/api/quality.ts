import {
  adjudicate,
  askOneMore,
  listConsensus,
  withdrawAdjudication,
  zAdjudicate,
  zListConsensus,
  zTaskRef,
} from "../services/consensus";
import {
  listGold,
  makeGold,
  retireGold,
  zListGold,
  zMakeGold,
  zRetireGold,
} from "../services/gold";
import {
  configureQuality,
  getLabeler,
  getQuality,
  listReviews,
  setQualifications,
  settleNotice,
  tellLabeler,
  zConfigureQuality,
  zLabelerRef,
  zListReviews,
  zQualityRef,
  zSetQualifications,
  zSettleNotice,
  zTellLabeler,
} from "../services/quality";
import {
  adminProcedure,
  memberProcedure,
  researcherProcedure,
  reviewerProcedure,
  router,
} from "./trpc";

/** How labelers work: measured, held against rules, and settled where they differ. */
export const quality = router({
  get: researcherProcedure
    .input(zQualityRef)
    .query(({ ctx, input }) => getQuality(ctx, ctx.actor, input)),
  labeler: researcherProcedure
    .input(zLabelerRef)
    .query(({ ctx, input }) => getLabeler(ctx, ctx.actor, input)),
  configure: adminProcedure
    .input(zConfigureQuality)
    .mutation(({ ctx, input }) => configureQuality(ctx, ctx.actor, input)),
  tell: adminProcedure
    .input(zTellLabeler)
    .mutation(({ ctx, input }) => tellLabeler(ctx, ctx.actor, input)),
  reviews: reviewerProcedure
    .input(zListReviews)
    .query(({ ctx, input }) => listReviews(ctx, ctx.actor, input)),
  settle: reviewerProcedure
    .input(zSettleNotice)
    .mutation(({ ctx, input }) => settleNotice(ctx, ctx.actor, input)),
  setQualifications: adminProcedure
    .input(zSetQualifications)
    .mutation(({ ctx, input }) => setQualifications(ctx, ctx.actor, input)),
  consensus: memberProcedure
    .input(zListConsensus)
    .query(({ ctx, input }) => listConsensus(ctx, ctx.actor, input)),
  adjudicate: reviewerProcedure
    .input(zAdjudicate)
    .mutation(({ ctx, input }) => adjudicate(ctx, ctx.actor, input)),
  withdraw: reviewerProcedure
    .input(zTaskRef)
    .mutation(({ ctx, input }) => withdrawAdjudication(ctx, ctx.actor, input)),
  askOneMore: reviewerProcedure
    .input(zTaskRef)
    .mutation(({ ctx, input }) => askOneMore(ctx, ctx.actor, input)),
  gold: researcherProcedure
    .input(zListGold)
    .query(({ ctx, input }) => listGold(ctx, ctx.actor, input)),
  makeGold: adminProcedure
    .input(zMakeGold)
    .mutation(({ ctx, input }) => makeGold(ctx, ctx.actor, input)),
  retireGold: adminProcedure
    .input(zRetireGold)
    .mutation(({ ctx, input }) => retireGold(ctx, ctx.actor, input)),
});
