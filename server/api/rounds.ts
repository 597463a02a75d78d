import { mendRound, openCampaign, trainRound, zOpenCampaign, zRoundRef } from "../services/rounds";
import { adminProcedure, researcherProcedure, router } from "./trpc";

/** The turns of a campaign's circle. */
export const rounds = router({
  open: adminProcedure
    .input(zOpenCampaign)
    .mutation(({ ctx, input }) => openCampaign(ctx, ctx.actor, input)),
  train: researcherProcedure
    .input(zRoundRef)
    .mutation(({ ctx, input }) => trainRound(ctx, ctx.actor, input)),
  mend: researcherProcedure
    .input(zRoundRef)
    .mutation(({ ctx, input }) => mendRound(ctx, ctx.actor, input)),
});
