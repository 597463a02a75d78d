import type { Reader } from "../db/client";
import { ownPaidWork } from "../db/queries/payment";
import type { CampaignId, UserId } from "../domain/ids";
import { earned, type Pay } from "../domain/pay";

/** What a labeler has earned in a campaign so far. */
export interface OwnPay {
  currency: string;
  /** of accepted work, at the rates of now */
  amount: number;
  /** what demonstrations that wait for a verdict would add */
  waiting: number;
}

interface Paying {
  campaignId: CampaignId;
  config: { readonly pay?: Omit<Pay, "shown"> & Partial<Pick<Pay, "shown">> };
}

/** What one earned, in those of the campaigns that show it. */
export async function ownPay(
  db: Reader,
  userId: UserId,
  campaigns: readonly Paying[],
): Promise<Map<CampaignId, OwnPay>> {
  const paying = campaigns.flatMap(({ campaignId, config: { pay } }) => {
    // rates that were set before one could choose are shown
    const { shown = true } = pay ?? {};
    return pay && shown ? [{ campaignId, pay }] : [];
  });
  if (paying.length === 0) return new Map();
  const work = await ownPaidWork(db, userId);
  return new Map(
    paying.map(({ campaignId, pay }) => {
      const mine = (row: { campaignId: CampaignId }) => row.campaignId === campaignId;
      const rankings = work.rankings.find(mine)?.rankings ?? 0;
      const { accepted = 0, waiting = 0 } = work.demonstrations.find(mine) ?? {};
      const own: OwnPay = {
        currency: pay.currency,
        amount: earned(pay, { rankings, demonstrations: accepted }),
        waiting: earned(pay, { rankings: 0, demonstrations: waiting }),
      };
      return [campaignId, own];
    }),
  );
}
