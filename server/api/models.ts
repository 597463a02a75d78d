import { importState, requestImport } from "../services/models";
import { getModel, listModels, zModelRef } from "../services/models-view";
import { researcherProcedure, router } from "./trpc";

export const models = router({
  list: researcherProcedure.query(({ ctx }) => listModels(ctx, ctx.actor)),
  get: researcherProcedure
    .input(zModelRef)
    .query(({ ctx, input }) => getModel(ctx, ctx.actor, input)),
  /** Looks for folders that were dropped in; `scanned` tells what was found. */
  scan: researcherProcedure.mutation(({ ctx }) => requestImport(ctx, ctx.actor)),
  scanned: researcherProcedure.query(({ ctx }) => importState(ctx, ctx.actor)),
});
