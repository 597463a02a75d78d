import { and, asc, count, eq, isNull } from "drizzle-orm";
import { newId, type CampaignId, type PromptId, type UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { campaign, demonstration, job, prompt } from "../schema";

/** Where the demo stands: its job, its campaign (made by nobody), and how many campaigns there are at all. */
export async function demoCampaign(db: Reader) {
  const [asked] = await db.select().from(job).where(eq(job.name, "make-demo")).limit(1);
  const [made] = await db
    .select()
    .from(campaign)
    .where(and(isNull(campaign.createdById), eq(campaign.verifier, "sort")))
    .orderBy(asc(campaign.createdAt))
    .limit(1);
  const [{ n }] = await db.select({ n: count() }).from(campaign);
  return { job: asked ?? null, campaign: made ?? null, campaigns: n };
}

/** Rows in one statement are bounded by SQLite's 32,766 parameters. */
const portion = 500;

/** @returns the prompts with the ids that they got */
export async function insertPrompts<P extends { text: string; split: "train" | "heldout" }>(
  tx: Sql,
  campaignId: CampaignId,
  prompts: readonly P[],
): Promise<(P & { id: PromptId })[]> {
  const rows: (P & { id: PromptId })[] = [];
  for (let at = 0; at < prompts.length; at += portion) {
    const part = prompts
      .slice(at, at + portion)
      .map((row) => Object.assign({ id: newId<PromptId>() }, row));
    await tx
      .insert(prompt)
      .values(part.map(({ id, text, split }) => ({ id, campaignId, text, split, source: "demo" })));
    rows.push(...part);
  }
  return rows;
}

export async function insertDemonstrations(
  tx: Sql,
  campaignId: CampaignId,
  rows: readonly { promptId: PromptId; authorId: UserId; text: string }[],
): Promise<void> {
  const about = { campaignId, status: "accepted", simulated: true } as const;
  for (let at = 0; at < rows.length; at += portion)
    await tx
      .insert(demonstration)
      .values(rows.slice(at, at + portion).map((row) => Object.assign({}, about, row)));
}
