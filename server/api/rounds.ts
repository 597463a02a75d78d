import {
  goOn,
  holdRound,
  mendRound,
  setRule,
  stopRound,
  zGoOn,
  zHold,
  zMend,
  zSetRule,
  zStop,
} from "../services/round-gates";
import { openCampaign, zOpenCampaign } from "../services/rounds";
import { showRounds, zShowRounds } from "../services/rounds-view";
import { adminProcedure, researcherProcedure, router } from "./trpc";

/** The turns of a campaign's circle. */
export const rounds = router({
  open: adminProcedure
    .input(zOpenCampaign)
    .mutation(({ ctx, input }) => openCampaign(ctx, ctx.actor, input)),
  show: researcherProcedure
    .input(zShowRounds)
    .query(({ ctx, input }) => showRounds(ctx, ctx.actor, input)),
  setRule: researcherProcedure
    .input(zSetRule)
    .mutation(({ ctx, input }) => setRule(ctx, ctx.actor, input)),
  /** A person lets a round through its gate; through the first one, that is: trains it. */
  goOn: researcherProcedure.input(zGoOn).mutation(({ ctx, input }) => goOn(ctx, ctx.actor, input)),
  hold: researcherProcedure
    .input(zHold)
    .mutation(({ ctx, input }) => holdRound(ctx, ctx.actor, input)),
  stop: researcherProcedure
    .input(zStop)
    .mutation(({ ctx, input }) => stopRound(ctx, ctx.actor, input)),
  mend: researcherProcedure
    .input(zMend)
    .mutation(({ ctx, input }) => mendRound(ctx, ctx.actor, input)),
});
