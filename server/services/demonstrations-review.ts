import { z } from "zod";
import {
  type DemonstrationRow,
  demonstrationsOf,
  findDemonstration,
  updateDemonstration,
} from "../db/queries/demonstration";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { zCampaignId, zDemonstrationId } from "../domain/ids";
import { type Actor, requireRole, type Services } from "./context";

export const zListDemonstrations = z.object({
  campaignId: zCampaignId.optional(),
  status: z.enum(["submitted", "accepted", "rejected", "skipped"]).optional(),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(100).default(50),
});

/** Demonstrations with prompt, author and verdict; those to review with the longest wait first. */
export async function listDemonstrations(
  ctx: Services,
  actor: Actor,
  input: z.input<typeof zListDemonstrations>,
) {
  requireRole(actor, "researcher");
  return await demonstrationsOf(ctx.db.read, zListDemonstrations.parse(input));
}

export const zReviewDemonstration = z.discriminatedUnion("verdict", [
  z.object({
    verdict: z.literal("accept"),
    demonstrationId: zDemonstrationId,
    /** The text as the reviewer mended it; as written when absent. */
    text: z.string().trim().min(1, "An accepted answer cannot be empty.").max(200_000).optional(),
  }),
  z.object({
    verdict: z.literal("reject"),
    demonstrationId: zDemonstrationId,
    reason: z.string().trim().min(1, "Say why, so that its author can learn from it.").max(2000),
  }),
]);

/**
 * Accepts a demonstration, mended or as it is, or rejects it with a reason. A verdict may be changed.
 * @throws AppError conflict while its author still writes
 */
export async function reviewDemonstration(
  ctx: Services,
  actor: Actor,
  input: z.output<typeof zReviewDemonstration>,
): Promise<void> {
  requireRole(actor, "admin");
  await write(ctx.db, async (tx) => {
    const row = await findDemonstration(tx, input.demonstrationId);
    if (!row)
      throw new AppError("not-found", "This demonstration is not here any more: reload the page.");
    if (row.status === "draft" || row.status === "skipped")
      throw new AppError("conflict", "Its author has not sent this demonstration: review another.");
    await updateDemonstration(tx, row.id, {
      reviewerId: actor.id,
      ...(input.verdict === "accept"
        ? { status: "accepted", reason: null, ...mended(row, input.text) }
        : { status: "rejected", reason: input.reason }),
    });
  });
}

/** The text as a reviewer mended it, beside what its author sent: that never changes. */
function mended({ text, written }: DemonstrationRow, next: string | undefined) {
  if (next === undefined || next === text) return {};
  const original = written ?? text;
  return { text: next, written: next === original ? null : original };
}
