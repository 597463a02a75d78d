import {
  and,
  asc,
  count,
  countDistinct,
  desc,
  eq,
  exists,
  gt,
  inArray,
  ne,
  not,
  notInArray,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { CampaignId, DemonstrationId, PromptId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import { campaign, demonstration, prompt, user } from "../schema";
import { promptArchive } from "../schema-prompts";
import { countIf } from "./campaign";
import { isReached, type Reach } from "./member";
import { isCurrent } from "./prompt-archive";

export type DemonstrationRow = typeof demonstration.$inferSelect;

const one = { one: sql<number>`1` };

export async function insertDemonstration(
  tx: Sql,
  values: typeof demonstration.$inferInsert,
): Promise<DemonstrationRow> {
  const [row] = await tx.insert(demonstration).values(values).returning();
  return row;
}

export async function findDemonstration(
  db: Reader,
  id: DemonstrationId,
): Promise<DemonstrationRow | null> {
  const [row] = await db.select().from(demonstration).where(eq(demonstration.id, id));
  return row ?? null;
}

export async function updateDemonstration(
  tx: Sql,
  id: DemonstrationId,
  values: Partial<typeof demonstration.$inferInsert>,
): Promise<DemonstrationRow> {
  const [row] = await tx
    .update(demonstration)
    .set(values)
    .where(eq(demonstration.id, id))
    .returning();
  return row;
}

interface Wanted {
  authorId: UserId;
  campaignId?: CampaignId;
  /** Where this author may label. */
  reach: Reach;
  /** Drafts of others that were not touched since do not keep a prompt from being given to somebody else. */
  draftsSince: Date;
  /** Campaigns that this author has yet to enter. */
  except?: readonly CampaignId[];
}

/** A person has answered, or is answering. */
const isAnswering = ({ draftsSince }: Pick<Wanted, "draftsSince">) =>
  and(
    eq(demonstration.simulated, false),
    or(
      inArray(demonstration.status, ["submitted", "accepted"]),
      and(eq(demonstration.status, "draft"), gt(demonstration.updatedAt, draftsSince)),
    ),
  );

/** Prompts that no person has answered, nor is answering, and that this author has not had. */
function promptsWanted(
  db: Reader,
  { authorId, campaignId, reach, draftsSince, except = [] }: Wanted,
): SQL | undefined {
  const had = and(eq(demonstration.promptId, prompt.id), eq(demonstration.authorId, authorId));
  const answered = and(eq(demonstration.promptId, prompt.id), isAnswering({ draftsSince }));
  return and(
    eq(campaign.status, "open"),
    isReached(reach),
    eq(prompt.split, "train"),
    isCurrent(db),
    except.length > 0 ? notInArray(prompt.campaignId, [...except]) : undefined,
    campaignId ? eq(prompt.campaignId, campaignId) : undefined,
    not(exists(db.select(one).from(demonstration).where(had))),
    not(exists(db.select(one).from(demonstration).where(answered))),
  );
}

/** A prompt to answer, every one equally likely; null when none is left for this author. */
export async function drawPrompt(
  db: Reader,
  wanted: Wanted,
): Promise<{ promptId: PromptId; campaignId: CampaignId } | null> {
  const [row] = await db
    .select({ promptId: prompt.id, campaignId: prompt.campaignId })
    .from(prompt)
    .innerJoin(campaign, eq(prompt.campaignId, campaign.id))
    .where(promptsWanted(db, wanted))
    .orderBy(sql`random()`)
    .limit(1);
  return row ?? null;
}

/** What this author has begun and not sent, oldest first. */
export async function draftOf(
  db: Reader,
  { authorId, campaignId, reach }: Omit<Wanted, "draftsSince">,
): Promise<DemonstrationRow | null> {
  const [row] = await db
    .select({ demonstration })
    .from(demonstration)
    .innerJoin(campaign, eq(demonstration.campaignId, campaign.id))
    .where(
      and(
        eq(demonstration.authorId, authorId),
        eq(demonstration.status, "draft"),
        eq(campaign.status, "open"),
        isReached(reach),
        campaignId ? eq(demonstration.campaignId, campaignId) : undefined,
      ),
    )
    .orderBy(asc(demonstration.createdAt), asc(demonstration.id))
    .limit(1);
  return row?.demonstration ?? null;
}

/** What its author reads: prompt and campaign. */
export async function demonstrationTexts(db: Reader, id: DemonstrationId) {
  const [row] = await db
    .select({
      prompt: prompt.text,
      campaignId: campaign.id,
      campaignName: campaign.name,
      guidelines: campaign.guidelines,
      config: campaign.config,
    })
    .from(demonstration)
    .innerJoin(prompt, eq(demonstration.promptId, prompt.id))
    .innerJoin(campaign, eq(demonstration.campaignId, campaign.id))
    .where(eq(demonstration.id, id));
  return row;
}

/**
 * How many prompts of these campaigns are left for an author: all but those that somebody has answered, is answering or
 * this author had. Counted from what was written, which is little, not prompt by prompt.
 */
async function promptsLeft(db: Reader, wanted: Wanted, ids: readonly CampaignId[]) {
  const { except = [] } = wanted;
  const open = ids.filter((id) => !except.includes(id));
  if (open.length === 0) return new Map<CampaignId, number>();
  const isTrain = and(inArray(prompt.campaignId, open), eq(prompt.split, "train"));
  const train = await db
    .select({ campaignId: prompt.campaignId, n: count() })
    .from(prompt)
    .where(isTrain)
    .groupBy(prompt.campaignId);
  const archived = await db
    .select({ campaignId: prompt.campaignId, n: count() })
    .from(promptArchive)
    .innerJoin(prompt, eq(prompt.id, promptArchive.promptId))
    .where(isTrain)
    .groupBy(prompt.campaignId);
  const taken = await db
    .select({ campaignId: prompt.campaignId, n: countDistinct(prompt.id) })
    .from(demonstration)
    .innerJoin(prompt, eq(prompt.id, demonstration.promptId))
    .where(
      and(
        isTrain,
        inArray(demonstration.campaignId, open),
        isCurrent(db),
        or(eq(demonstration.authorId, wanted.authorId), isAnswering(wanted)),
      ),
    )
    .groupBy(prompt.campaignId);
  const left = new Map(train.map((row) => [row.campaignId, row.n]));
  for (const { campaignId, n } of [...archived, ...taken])
    left.set(campaignId, (left.get(campaignId) ?? 0) - n);
  return left;
}

/** Of each open campaign: this author's demonstrations by state, and the prompts left for them. */
export async function authorProgress(db: Reader, wanted: Wanted) {
  const mine = await db
    .select({
      campaignId: demonstration.campaignId,
      submitted: countIf(eq(demonstration.status, "submitted")),
      accepted: countIf(eq(demonstration.status, "accepted")),
      rejected: countIf(eq(demonstration.status, "rejected")),
      drafts: countIf(eq(demonstration.status, "draft")),
    })
    .from(demonstration)
    .where(eq(demonstration.authorId, wanted.authorId))
    .groupBy(demonstration.campaignId);
  const open = await db
    .select({
      campaignId: campaign.id,
      name: campaign.name,
      guidelines: campaign.guidelines,
      config: campaign.config,
    })
    .from(campaign)
    .where(and(eq(campaign.status, "open"), isReached(wanted.reach)))
    .orderBy(asc(campaign.openedAt), asc(campaign.id));
  const none = { submitted: 0, accepted: 0, rejected: 0, drafts: 0 };
  const left = await promptsLeft(
    db,
    wanted,
    open.map((row) => row.campaignId),
  );
  return open.map(({ config, ...row }) => {
    const own = mine.find((other) => other.campaignId === row.campaignId) ?? none;
    const fresh = left.get(row.campaignId) ?? 0;
    const compares = config.comparing !== undefined;
    return Object.assign(row, none, own, { compares, left: fresh + own.drafts });
  });
}

export interface DemonstrationFilter {
  campaignId?: CampaignId;
  authorId?: UserId;
  status?: DemonstrationRow["status"];
  offset: number;
  limit: number;
}

const matching = ({ campaignId, authorId, status }: DemonstrationFilter) =>
  and(
    campaignId ? eq(demonstration.campaignId, campaignId) : undefined,
    authorId ? eq(demonstration.authorId, authorId) : undefined,
    status ? eq(demonstration.status, status) : ne(demonstration.status, "draft"),
  );

/** Demonstrations with prompt and author: those that wait the longest first, else the newest first. */
export async function demonstrationsOf(db: Reader, filter: DemonstrationFilter) {
  const rows = await db
    .select({ demonstration, prompt: prompt.text, author: user.name, campaign: campaign.name })
    .from(demonstration)
    .innerJoin(prompt, eq(demonstration.promptId, prompt.id))
    .innerJoin(user, eq(demonstration.authorId, user.id))
    .innerJoin(campaign, eq(demonstration.campaignId, campaign.id))
    .where(matching(filter))
    .orderBy(
      filter.status === "submitted" ? asc(demonstration.updatedAt) : desc(demonstration.updatedAt),
      asc(demonstration.id),
    )
    .limit(filter.limit)
    .offset(filter.offset);
  const [total] = await db.select({ n: count() }).from(demonstration).where(matching(filter));
  return {
    total: total.n,
    rows: rows.map(({ demonstration, ...rest }) => Object.assign(demonstration, rest)),
  };
}
