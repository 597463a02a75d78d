import { getCampaign, listCampaigns, listPolicies, zGetCampaign } from "../services/campaigns";
import {
  listCompletions,
  listRankings,
  zListCompletions,
  zListRankings,
} from "../services/campaigns-work";
import {
  changeSettings,
  closeCampaign,
  createCampaign,
  pauseCampaign,
  reopenCampaign,
  resumeCampaign,
  zCampaignRef,
  zCampaignUpdate,
  zNewCampaign,
} from "../services/campaigns-change";
import { getComparisonResults, zComparisonResults } from "../services/comparisons";
import { adminProcedure, researcherProcedure, router } from "./trpc";

export const campaigns = router({
  list: researcherProcedure.query(({ ctx }) => listCampaigns(ctx, ctx.actor)),
  get: researcherProcedure
    .input(zGetCampaign)
    .query(({ ctx, input }) => getCampaign(ctx, ctx.actor, input)),
  policies: researcherProcedure.query(({ ctx }) => listPolicies(ctx, ctx.actor)),
  rankings: researcherProcedure
    .input(zListRankings)
    .query(({ ctx, input }) => listRankings(ctx, ctx.actor, input)),
  completions: researcherProcedure
    .input(zListCompletions)
    .query(({ ctx, input }) => listCompletions(ctx, ctx.actor, input)),
  comparisons: researcherProcedure
    .input(zComparisonResults)
    .query(({ ctx, input }) => getComparisonResults(ctx, ctx.actor, input)),
  create: adminProcedure
    .input(zNewCampaign)
    .mutation(({ ctx, input }) => createCampaign(ctx, ctx.actor, input)),
  change: adminProcedure
    .input(zCampaignUpdate)
    .mutation(({ ctx, input }) => changeSettings(ctx, ctx.actor, input)),
  pause: adminProcedure
    .input(zCampaignRef)
    .mutation(({ ctx, input }) => pauseCampaign(ctx, ctx.actor, input)),
  resume: adminProcedure
    .input(zCampaignRef)
    .mutation(({ ctx, input }) => resumeCampaign(ctx, ctx.actor, input)),
  close: adminProcedure
    .input(zCampaignRef)
    .mutation(({ ctx, input }) => closeCampaign(ctx, ctx.actor, input)),
  reopen: adminProcedure
    .input(zCampaignRef)
    .mutation(({ ctx, input }) => reopenCampaign(ctx, ctx.actor, input)),
});
