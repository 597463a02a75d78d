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
import { listGuidelines, zGuidelinesRef } from "../services/guidelines";
import { cloneCampaign, zCloneCampaign } from "../services/campaigns-clone";
import { getForecast, zForecastOf } from "../services/forecast";
import { adminProcedure, researcherProcedure, router } from "./trpc";

export const campaigns = router({
  list: researcherProcedure.query(({ ctx }) => listCampaigns(ctx, ctx.actor)),
  get: researcherProcedure
    .input(zGetCampaign)
    .query(({ ctx, input }) => getCampaign(ctx, ctx.actor, input)),
  policies: researcherProcedure.query(({ ctx }) => listPolicies(ctx, ctx.actor)),
  guidelines: researcherProcedure
    .input(zGuidelinesRef)
    .query(({ ctx, input }) => listGuidelines(ctx, ctx.actor, input)),
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
  clone: adminProcedure
    .input(zCloneCampaign)
    .mutation(({ ctx, input }) => cloneCampaign(ctx, ctx.actor, input)),
  forecast: researcherProcedure
    .input(zForecastOf)
    .query(({ ctx, input }) => getForecast(ctx, ctx.actor, input)),
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
