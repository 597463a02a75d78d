import {
  listOwnRankings,
  ownWork,
  readNotice,
  setLanguages,
  zOwnRankings,
  zReadNotice,
  zSetLanguages,
} from "../services/own-work";
import { ownPay } from "../services/own-pay";
import { labelerProcedure, router } from "./trpc";

/** What labelers see of their own work. */
export const work = router({
  mine: labelerProcedure.query(({ ctx }) => ownWork(ctx, ctx.actor)),
  pay: labelerProcedure.query(({ ctx }) => ownPay(ctx, ctx.actor)),
  rankings: labelerProcedure
    .input(zOwnRankings)
    .query(({ ctx, input }) => listOwnRankings(ctx, ctx.actor, input)),
  readNotice: labelerProcedure
    .input(zReadNotice)
    .mutation(({ ctx, input }) => readNotice(ctx, ctx.actor, input)),
  setLanguages: labelerProcedure
    .input(zSetLanguages)
    .mutation(({ ctx, input }) => setLanguages(ctx, ctx.actor, input)),
});
