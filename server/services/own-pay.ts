import { ownDemonstrationCounts, ownRankingCounts } from "../db/queries/own-pay";
import { payingCampaigns } from "../db/queries/payment";
import { openRounds } from "../db/queries/task";
import type { CampaignId } from "../domain/ids";
import { earned, isShown, type Pay } from "../domain/pay";
import { type Actor, requireSomewhere, type Services } from "./context";
import { reachOf } from "./members";

/** What a campaign has paid a person so far, and what waits for a reviewer. */
export interface OwnPay {
  campaignId: CampaignId;
  name: string;
  currency: string;
  /** For one ranking, and one accepted demonstration. */
  rates: { ranking: number; demonstration: number };
  rankings: number;
  demonstrations: number;
  /** Demonstrations that nobody has reviewed yet. */
  waiting: number;
  accepted: number;
  /** What they bring if all are accepted. */
  pending: number;
}

/** Pay so far in every campaign that shows it: those worked in, and those open to this labeler. */
export async function ownPay({ db }: Services, actor: Actor): Promise<OwnPay[]> {
  requireSomewhere(actor, "labeler");
  const paying = (await payingCampaigns(db.read)).flatMap(({ id, name, config: { pay } }) =>
    pay && isShown(pay) ? [{ campaignId: id, name, pay }] : [],
  );
  if (paying.length === 0) return [];
  const [open, rankings, written] = await Promise.all([
    openRounds(db.read, reachOf(actor, "labeler")),
    ownRankingCounts(db.read, actor.id),
    ownDemonstrationCounts(db.read, actor.id),
  ]);
  const counted = (rows: { campaignId: CampaignId; count: number }[], id: CampaignId) =>
    rows.find(({ campaignId }) => campaignId === id)?.count ?? 0;
  const of = (status: "accepted" | "submitted") => written.filter((row) => row.status === status);
  const own = paying.map(({ campaignId, name, pay }) => {
    const work = {
      rankings: counted(rankings, campaignId),
      demonstrations: counted(of("accepted"), campaignId),
      waiting: counted(of("submitted"), campaignId),
    };
    return Object.assign({ name, campaignId }, sums(pay, work));
  });
  return own.filter(
    (row) =>
      row.rankings + row.demonstrations + row.waiting > 0 ||
      open.some(({ campaignId }) => campaignId === row.campaignId),
  );
}

function sums(pay: Pay, work: Pick<OwnPay, "rankings" | "demonstrations" | "waiting">) {
  return {
    currency: pay.currency,
    rates: { ranking: pay.ranking, demonstration: pay.demonstration },
    ...work,
    accepted: earned(pay, work),
    pending: earned(pay, { rankings: 0, demonstrations: work.waiting }),
  };
}
