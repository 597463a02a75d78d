import { showCircle, zShowCircle } from "../services/circle";
import { researcherProcedure, router } from "./trpc";

export const circle = router({
  show: researcherProcedure
    .input(zShowCircle)
    .query(({ ctx, input }) => showCircle(ctx, ctx.actor, input)),
});
