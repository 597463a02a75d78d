import {
  addPrompts,
  facetsOfPrompts,
  listPrompts,
  removePrompts,
  zAddPrompts,
  zListPrompts,
  zRemovePrompts,
} from "../services/prompts";
import { archivePrompts, restorePrompts, zSomePrompts } from "../services/prompts-archive";
import {
  compareMore,
  keepOne,
  listNear,
  searchNear,
  zKeepOne,
  zListNear,
  zOfCampaign,
  zSearchNear,
} from "../services/prompts-near";
import {
  listClusters,
  makeClusters,
  movePrompts,
  renameCluster,
  zMakeClusters,
  zMovePrompts,
  zRenameCluster,
} from "../services/prompts-clusters";
import { promptImports } from "./prompt-imports";
import { adminProcedure, researcherProcedure, router } from "./trpc";

export const prompts = router({
  imports: promptImports,
  list: researcherProcedure
    .input(zListPrompts)
    .query(({ ctx, input }) => listPrompts(ctx, ctx.actor, input)),
  facets: researcherProcedure
    .input(zOfCampaign)
    .query(({ ctx, input }) => facetsOfPrompts(ctx, ctx.actor, input)),
  add: adminProcedure
    .input(zAddPrompts)
    .mutation(({ ctx, input }) => addPrompts(ctx, ctx.actor, input)),
  remove: adminProcedure
    .input(zRemovePrompts)
    .mutation(({ ctx, input }) => removePrompts(ctx, ctx.actor, input)),
  archive: adminProcedure
    .input(zSomePrompts)
    .mutation(({ ctx, input }) => archivePrompts(ctx, ctx.actor, input)),
  restore: adminProcedure
    .input(zSomePrompts)
    .mutation(({ ctx, input }) => restorePrompts(ctx, ctx.actor, input)),
  clusters: researcherProcedure
    .input(zOfCampaign)
    .query(({ ctx, input }) => listClusters(ctx, ctx.actor, input)),
  makeClusters: adminProcedure
    .input(zMakeClusters)
    .mutation(({ ctx, input }) => makeClusters(ctx, ctx.actor, input)),
  renameCluster: adminProcedure
    .input(zRenameCluster)
    .mutation(({ ctx, input }) => renameCluster(ctx, ctx.actor, input)),
  move: adminProcedure
    .input(zMovePrompts)
    .mutation(({ ctx, input }) => movePrompts(ctx, ctx.actor, input)),
  near: researcherProcedure
    .input(zListNear)
    .query(({ ctx, input }) => listNear(ctx, ctx.actor, input)),
  like: researcherProcedure
    .input(zSearchNear)
    .query(({ ctx, input }) => searchNear(ctx, ctx.actor, input)),
  compare: researcherProcedure
    .input(zOfCampaign)
    .mutation(({ ctx, input }) => compareMore(ctx, ctx.actor, input)),
  keepOne: adminProcedure
    .input(zKeepOne)
    .mutation(({ ctx, input }) => keepOne(ctx, ctx.actor, input)),
});
