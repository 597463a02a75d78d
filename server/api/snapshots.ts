import { z } from "zod";
import { zCampaignId, zSnapshotId } from "../domain/ids";
import {
  createSnapshot,
  getSnapshot,
  listSnapshots,
  previewSnapshot,
  snapshotChoices,
  zCreateSnapshot,
  zSnapshotRef,
} from "../services/snapshots";
import { researcherProcedure, router } from "./trpc";

export const snapshots = router({
  list: researcherProcedure
    .input(z.object({ campaignId: zCampaignId.optional() }).default({}))
    .query(({ ctx, input }) => listSnapshots(ctx, ctx.actor, input)),
  choices: researcherProcedure.query(({ ctx }) => snapshotChoices(ctx, ctx.actor)),
  get: researcherProcedure
    .input(zSnapshotRef)
    .query(({ ctx, input }) => getSnapshot(ctx, ctx.actor, input)),
  preview: researcherProcedure
    .input(z.object({ id: zSnapshotId, rows: z.number().int().min(1).max(50).default(5) }))
    .query(({ ctx, input }) => previewSnapshot(ctx, ctx.actor, input)),
  create: researcherProcedure
    .input(zCreateSnapshot.omit({ roundId: true })) // whose round it is, training alone says
    .mutation(({ ctx, input }) => createSnapshot(ctx, ctx.actor, input)),
});
