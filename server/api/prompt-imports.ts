import {
  addPiece,
  beginImport,
  discardImport,
  finishImport,
  zBeginImport,
  zFinishImport,
  zImportPiece,
  zImportRef,
} from "../services/prompts-import";
import {
  readImport,
  waitingImportOf,
  zReadImport,
  zWaitingImport,
} from "../services/prompts-import-view";
import { adminProcedure, router } from "./trpc";

/** A file of prompts: read piece by piece, looked through, decided on. */
export const promptImports = router({
  begin: adminProcedure
    .input(zBeginImport)
    .mutation(({ ctx, input }) => beginImport(ctx, ctx.actor, input)),
  piece: adminProcedure
    .input(zImportPiece)
    .mutation(({ ctx, input }) => addPiece(ctx, ctx.actor, input)),
  waiting: adminProcedure
    .input(zWaitingImport)
    .query(({ ctx, input }) => waitingImportOf(ctx, ctx.actor, input)),
  read: adminProcedure
    .input(zReadImport)
    .query(({ ctx, input }) => readImport(ctx, ctx.actor, input)),
  finish: adminProcedure
    .input(zFinishImport)
    .mutation(({ ctx, input }) => finishImport(ctx, ctx.actor, input)),
  discard: adminProcedure
    .input(zImportRef)
    .mutation(({ ctx, input }) => discardImport(ctx, ctx.actor, input)),
});
