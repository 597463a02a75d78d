import { z } from "zod";
import type { Reader } from "../db/client";
import { findCampaign } from "../db/queries/campaign";
import {
  type DemonstrationRow,
  findDemonstration,
  updateDemonstration,
} from "../db/queries/demonstration";
import { guidelinesVersion } from "../db/queries/guideline";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { isBlank } from "../domain/blank";
import { fingerprint } from "../domain/fingerprint";
import { type DemonstrationId, zDemonstrationId } from "../domain/ids";
import { storableText } from "../domain/storable";
import { type Actor, requireSomewhere, type Services } from "./context";
import { type Similar, similarTo } from "./demonstrations-similar";
import { requireLabelerIn } from "./members";

/** The actor's own demonstration; of others' nothing is told, not even that they are. */
export async function ownDemonstration(
  db: Reader,
  actor: Actor,
  id: DemonstrationId,
): Promise<DemonstrationRow> {
  const row = await findDemonstration(db, id);
  if (row?.authorId === actor.id) {
    const campaign = await findCampaign(db, row.campaignId);
    if (campaign) requireLabelerIn(actor, campaign);
    return row;
  }
  throw new AppError("not-found", "This demonstration is not yours: go to the next prompt.");
}

export const zDemonstrationRef = z.object({ demonstrationId: zDemonstrationId });

export const zDemonstrationText = zDemonstrationRef.extend({
  text: z.string().max(200_000, "Write at most 200,000 characters."),
  /**
   * The fingerprint of the text that this one was written on from. Where another tab or browser has written since, the
   * text is not taken and the other comes back. Absent: whatever is there is replaced.
   */
  base: z.string().max(20).optional(),
});

/** What stands on the server after a text was offered, or looked for. */
export interface DraftState {
  /** Whether the text that was offered stands there now. */
  taken: boolean;
  /** "ended": it was sent, or skipped, and is not written on any more. */
  status: "draft" | "ended";
  /** The fingerprint of what stands there. */
  base: string;
  /** What stands there, where it is not what was offered. */
  text: string | null;
}

const stateOf = ({ status, text }: DemonstrationRow, taken: boolean): DraftState => ({
  taken,
  status: status === "draft" ? "draft" : "ended",
  base: fingerprint(text),
  text: taken ? null : text,
});

/** True when nothing was written since but what is offered. */
const isFrom = (row: DemonstrationRow, text: string, base: string | undefined): boolean =>
  base === undefined || fingerprint(row.text) === base || row.text === storableText(text);

/** Keeps what is written so far. */
export async function saveDemonstration(
  ctx: Services,
  actor: Actor,
  { demonstrationId, text, base }: z.output<typeof zDemonstrationText>,
): Promise<DraftState> {
  requireSomewhere(actor, "labeler");
  return await write(ctx.db, async (tx) => {
    const row = await ownDemonstration(tx, actor, demonstrationId);
    // a draft that arrives after the text was sent is older than it
    if (row.status !== "draft" || !isFrom(row, text, base)) return stateOf(row, false);
    return stateOf(await updateDemonstration(tx, row.id, { text }), true);
  });
}

/** What stands on the server: another browser may have gone on with it. */
export async function readDemonstration(
  ctx: Services,
  actor: Actor,
  { demonstrationId }: z.output<typeof zDemonstrationRef>,
): Promise<DraftState> {
  requireSomewhere(actor, "labeler");
  return stateOf(await ownDemonstration(ctx.db.read, actor, demonstrationId), false);
}

/** Whether what was kept last is in somebody else's words. */
export async function similarToDemonstration(
  ctx: Services,
  actor: Actor,
  { demonstrationId }: z.output<typeof zDemonstrationRef>,
): Promise<Similar | null> {
  requireSomewhere(actor, "labeler");
  const row = await ownDemonstration(ctx.db.read, actor, demonstrationId);
  return await similarTo(ctx, row, row.text);
}

/**
 * Sends a demonstration to review. Sent again it changes nothing. Where another tab or browser has written since, it
 * is not taken: its author reads both first.
 */
export async function submitDemonstration(
  ctx: Services,
  actor: Actor,
  { demonstrationId, text, base }: z.output<typeof zDemonstrationText>,
): Promise<DraftState> {
  requireSomewhere(actor, "labeler");
  const written = text.trim();
  if (isBlank(written))
    throw new AppError("bad-input", "The answer is empty: write it first, or skip the prompt.");
  return await write(ctx.db, async (tx) => {
    const row = await ownDemonstration(tx, actor, demonstrationId);
    if (row.status === "skipped")
      throw new AppError("conflict", "You skipped this prompt: go to the next one.");
    if (row.status !== "draft") return stateOf(row, true);
    if (!isFrom(row, text, base)) return stateOf(row, false);
    const sent = await updateDemonstration(tx, row.id, {
      text: written,
      status: "submitted",
      guidelinesVersion: await guidelinesVersion(tx, row.campaignId),
    });
    return stateOf(sent, true);
  });
}
