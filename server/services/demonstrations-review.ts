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
import { mayActAs, mayIn } from "../domain/roles";
import { recordChange } from "./audit";
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
  const filter = zListDemonstrations.parse(input);
  // a reviewer judges what a researcher only reads
  if (!filter.campaignId || !mayIn(actor, "reviewer", filter.campaignId))
    if (!mayActAs(actor.role, "reviewer")) requireRole(actor, "researcher", filter.campaignId);
  return await demonstrationsOf(ctx.db.read, filter);
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

const excerptOf = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/**
 * Accepts a demonstration, mended or as it is, or rejects it with a reason. A verdict may be changed.
 * @throws AppError conflict while its author still writes
 */
export async function reviewDemonstration(
  ctx: Services,
  actor: Actor,
  input: z.output<typeof zReviewDemonstration>,
): Promise<void> {
  await write(ctx.db, async (tx) => {
    const row = await findDemonstration(tx, input.demonstrationId);
    requireRole(actor, "reviewer", row?.campaignId);
    if (!row)
      throw new AppError("not-found", "This demonstration is not here any more: reload the page.");
    if (row.status === "draft" || row.status === "skipped")
      throw new AppError("conflict", "Its author has not sent this demonstration: review another.");
    if (row.authorId === actor.id && actor.role !== "admin")
      throw new AppError("forbidden", "This is your own answer: somebody else reviews it.");
    const after = await updateDemonstration(tx, row.id, {
      reviewerId: actor.id,
      ...(input.verdict === "accept"
        ? { status: "accepted", reason: null, ...mended(row, input.text) }
        : { status: "rejected", reason: input.reason }),
    });
    const { id, campaignId } = row;
    const target = { id, name: excerptOf(row.text) };
    const action = "demonstration.review";
    await recordChange(tx, actor, { action, target, campaignId, before: row, after });
  });
}

/** The text as a reviewer mended it, beside what its author sent: that never changes. */
function mended({ text, written }: DemonstrationRow, next: string | undefined) {
  if (next === undefined || next === text) return {};
  const original = written ?? text;
  return { text: next, written: next === original ? null : original };
}
