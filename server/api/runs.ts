import { cancelRun, pauseRun, resumeRun, startRun, zRunInWork, zStartRun } from "../services/runs";
import { compareRuns, zCompareRuns } from "../services/runs-compare";
import {
  getRun,
  listRuns,
  runMetrics,
  runSamples,
  zListRuns,
  zRunMetrics,
  zRunRef,
  zRunSamples,
} from "../services/runs-view";
import { researcherProcedure, router } from "./trpc";

export const runs = router({
  list: researcherProcedure
    .input(zListRuns)
    .query(({ ctx, input }) => listRuns(ctx, ctx.actor, input)),
  get: researcherProcedure.input(zRunRef).query(({ ctx, input }) => getRun(ctx, ctx.actor, input)),
  metrics: researcherProcedure
    .input(zRunMetrics)
    .query(({ ctx, input }) => runMetrics(ctx, ctx.actor, input)),
  compare: researcherProcedure
    .input(zCompareRuns)
    .query(({ ctx, input }) => compareRuns(ctx, ctx.actor, input)),
  samples: researcherProcedure
    .input(zRunSamples)
    .query(({ ctx, input }) => runSamples(ctx, ctx.actor, input)),
  start: researcherProcedure
    .input(zStartRun)
    .mutation(({ ctx, input }) => startRun(ctx, ctx.actor, input)),
  cancel: researcherProcedure
    .input(zRunInWork)
    .mutation(({ ctx, input }) => cancelRun(ctx, ctx.actor, input)),
  pause: researcherProcedure
    .input(zRunInWork)
    .mutation(({ ctx, input }) => pauseRun(ctx, ctx.actor, input)),
  resume: researcherProcedure
    .input(zRunInWork)
    .mutation(({ ctx, input }) => resumeRun(ctx, ctx.actor, input)),
});
