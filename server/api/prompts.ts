import {
  addPrompts,
  listPrompts,
  removePrompts,
  zAddPrompts,
  zListPrompts,
  zRemovePrompts,
} from "../services/prompts";
import { adminProcedure, researcherProcedure, router } from "./trpc";

export const prompts = router({
  list: researcherProcedure
    .input(zListPrompts)
    .query(({ ctx, input }) => listPrompts(ctx, ctx.actor, input)),
  add: adminProcedure
    .input(zAddPrompts)
    .mutation(({ ctx, input }) => addPrompts(ctx, ctx.actor, input)),
  remove: adminProcedure
    .input(zRemovePrompts)
    .mutation(({ ctx, input }) => removePrompts(ctx, ctx.actor, input)),
});
