import { and, asc, count, eq, isNull } from "drizzle-orm";
import type { CampaignId, UserId } from "../../domain/ids";
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

interface DemoPrompt {
  text: string;
  split: "train" | "heldout";
  /** Its demonstration; null where there is none. */
  answer: string | null;
}

/** Rows in one statement are bounded by SQLite's 32,766 parameters. */
const portion = 500;

export async function insertPrompts(tx: Sql, campaignId: CampaignId, prompts: DemoPrompt[]) {
  const rows: (DemoPrompt & { id: typeof prompt.$inferSelect.id })[] = [];
  for (let at = 0; at < prompts.length; at += portion) {
    const part = prompts.slice(at, at + portion);
    const made = await tx
      .insert(prompt)
      .values(part.map(({ text, split }) => ({ campaignId, text, split, source: "demo" })))
      .returning({ id: prompt.id });
    rows.push(...made.map(({ id }, i) => Object.assign({ id }, part[i])));
  }
  return rows;
}

export async function insertDemonstrations(
  tx: Sql,
  campaignId: CampaignId,
  authorId: UserId,
  rows: Awaited<ReturnType<typeof insertPrompts>>,
): Promise<void> {
  const written = rows.flatMap(({ id, answer }) =>
    answer === null
      ? []
      : [
          {
            campaignId,
            promptId: id,
            authorId,
            text: answer,
            status: "accepted" as const,
            simulated: true,
          },
        ],
  );
  for (let at = 0; at < written.length; at += portion)
    await tx.insert(demonstration).values(written.slice(at, at + portion));
}
