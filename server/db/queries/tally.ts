import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { CampaignId, RoundId, UserId } from "../../domain/ids";
import type { Reader, Sql } from "../client";
import type { Column } from "../kit";
import { type Given, prepared } from "../prepared";
import { campaign, round } from "../schema";
import { tally } from "../schema-tally";

type Tally = typeof tally.$inferInsert;
type Counts = Omit<Tally, "labelerId" | "roundId">;

const none: Counts = { served: 0, gold: 0, calibration: 0, ranked: 0, beyond: 0 };

const more = prepared((db, given: Given<Tally>) => {
  const names = ["served", "gold", "calibration", "ranked", "beyond"] as const;
  const each = <Made>(make: (name: (typeof names)[number]) => Made) =>
    Object.fromEntries(names.map((name) => [name, make(name)]));
  return db
    .insert(tally)
    .values({
      labelerId: sql`${given.labelerId}`,
      roundId: sql`${given.roundId}`,
      ...(each((name) => sql`${given[name]}`) as Record<keyof Counts, SQL>),
    })
    .onConflictDoUpdate({
      target: [tally.labelerId, tally.roundId],
      set: each((name) => sql`${tally[name]} + ${given[name]}`),
    });
});

/** Counts what a labeler was just lent, or has just ranked. */
export const addToTally = (
  tx: Sql,
  { labelerId, roundId }: Pick<Tally, "labelerId" | "roundId">,
  counts: Partial<Counts>,
): Promise<unknown> => more(tx, { labelerId, roundId, ...none, ...counts });

const total = (column: Column): SQL<number> => sql`coalesce(sum(${column}), 0)`.mapWith(Number);

const servedOf = prepared(
  (db, { labelerId, campaignId }: Given<{ labelerId: UserId; campaignId: CampaignId }>) =>
    db
      .select({
        all: total(tally.served),
        gold: total(tally.gold),
        calibration: total(tally.calibration),
      })
      .from(tally)
      .innerJoin(round, eq(tally.roundId, round.id))
      .where(and(eq(tally.labelerId, labelerId), eq(round.campaignId, campaignId))),
);

/** What a labeler was given of a campaign so far, and how much of it was gold or of the calibration pool. */
export async function servedSoFar(
  db: Reader,
  { labelerId, campaignId }: { labelerId: UserId; campaignId: CampaignId },
) {
  const [row] = await servedOf(db, { labelerId, campaignId });
  return row;
}

const inRound = prepared(
  (db, { labelerId, roundId }: Given<{ labelerId: UserId; roundId: RoundId }>) =>
    db
      .select({ served: tally.served, ranked: tally.ranked })
      .from(tally)
      .where(and(eq(tally.labelerId, labelerId), eq(tally.roundId, roundId))),
);

/** What a labeler was lent while a round collected, and has ranked of it. */
export async function tallyOf(db: Reader, labelerId: UserId, roundId: RoundId) {
  const [row] = await inRound(db, { labelerId, roundId });
  return row ?? { served: 0, ranked: 0 };
}

const beyondIn = prepared((db, { roundId }: Given<{ roundId: RoundId }>) =>
  db
    .select({ n: total(tally.beyond) })
    .from(tally)
    .where(eq(tally.roundId, roundId)),
);

/** Rankings that a round has beyond its tasks' places since it began: gold and calibration. */
export async function rankingsBeyond(db: Reader, roundId: RoundId): Promise<number> {
  const [row] = await beyondIn(db, { roundId });
  return row.n;
}

/** What somebody was lent and ranked, by round: not how much of it was gold, which is nobody's to know. */
export const talliesOf = (db: Reader, labelerId: UserId) =>
  db
    .select({
      campaign: campaign.name,
      round: round.number,
      served: tally.served,
      ranked: tally.ranked,
    })
    .from(tally)
    .innerJoin(round, eq(tally.roundId, round.id))
    .innerJoin(campaign, eq(round.campaignId, campaign.id))
    .where(eq(tally.labelerId, labelerId))
    .orderBy(asc(campaign.name), asc(round.number));
