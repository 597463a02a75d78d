import { ownPart } from "../services/crowd";
import {
  createStudy,
  listStudies,
  setStudyStatus,
  zNewStudy,
  zSetStudyStatus,
  zStudiesOf,
} from "../services/studies";
import { adminProcedure, memberProcedure, router } from "./trpc";

/** A campaign's doors for crowd markets, and one's own part in one. */
export const studies = router({
  list: adminProcedure
    .input(zStudiesOf)
    .query(({ ctx, input }) => listStudies(ctx, ctx.actor, input)),
  create: adminProcedure
    .input(zNewStudy)
    .mutation(({ ctx, input }) => createStudy(ctx, ctx.actor, input)),
  setStatus: adminProcedure
    .input(zSetStudyStatus)
    .mutation(({ ctx, input }) => setStudyStatus(ctx, ctx.actor, input)),
  /** A mutation would be no truer: looking is what completes a part. */
  mine: memberProcedure.query(({ ctx }) => ownPart(ctx, ctx.actor)),
});
