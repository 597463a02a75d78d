import { startSimulation, zSimulate } from "../services/simulation";
import { adminProcedure, router } from "./trpc";

export const simulation = router({
  start: adminProcedure
    .input(zSimulate)
    .mutation(({ ctx, input }) => startSimulation(ctx, ctx.actor, input)),
});
