import { z } from "zod";
import { findCampaign, updateCampaign } from "../db/queries/campaign";
import {
  paidDemonstrations,
  paidRankings,
  payees,
  type PaymentFilter,
  payingCampaigns,
} from "../db/queries/payment";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { csvLine } from "../domain/csv";
import { type CampaignId, type UserId, zCampaignId } from "../domain/ids";
import { zMoment } from "../domain/moment";
import { earned, type Pay, zPay } from "../domain/pay";
import { recordChange } from "./audit";
import { type Actor, requireRole, type Services } from "./context";

export const zSetPay = z.object({ campaignId: zCampaignId, pay: zPay.nullable() });

/** What a campaign pays from now on; a payment's sum is always made with the rate of the day it is made. */
export async function setPay(
  { db }: Services,
  actor: Actor,
  { campaignId, pay }: z.output<typeof zSetPay>,
): Promise<void> {
  requireRole(actor, "admin", campaignId);
  await write(db, async (tx) => {
    const before = await findCampaign(tx, campaignId);
    if (!before) throw new AppError("not-found", "There is no such campaign: reload the page.");
    const { pay: was, ...config } = before.config;
    await updateCampaign(tx, campaignId, { config: pay ? { ...config, pay } : config });
    await recordChange(tx, actor, {
      action: "campaign.pay",
      target: before,
      campaignId,
      before: { pay: was ?? null },
      after: { pay },
    });
  });
}

export const zPaymentOf = z
  .object({ campaignId: zCampaignId.optional(), since: zMoment, until: zMoment })
  .refine(({ since, until }) => since < until, {
    message: "The end is not after the beginning: choose other days.",
    path: ["until"],
  });

export interface Payment {
  userId: UserId;
  name: string;
  email: string | null;
  /** How the crowd market calls them: pay them there. */
  market: string | null;
  worker: string | null;
  campaign: string;
  rankings: number;
  demonstrations: number;
  seconds: number;
  pay: Pay | null;
  amount: number | null;
}

interface Work {
  rankings: number;
  demonstrations: number;
  seconds: number;
}

/** Accepted work of a period by person and campaign, with what it earns at the campaign's rate. */
export async function listPayments(
  { db }: Services,
  actor: Actor,
  filter: z.output<typeof zPaymentOf>,
): Promise<Payment[]> {
  requireRole(actor, "admin", filter.campaignId);
  const work = await workBy(db.read, filter);
  const campaigns = new Map((await payingCampaigns(db.read)).map((row) => [row.id, row]));
  const people = await payees(db.read, [...work.keys()]);
  return people.flatMap(({ id, ...person }) =>
    [...(work.get(id) ?? [])].map(([campaignId, done]) => {
      const campaign = campaigns.get(campaignId);
      const pay = campaign?.config.pay ?? null;
      const amount = pay && earned(pay, done);
      const about = { userId: id, campaign: campaign?.name ?? "", pay, amount };
      return Object.assign(about, person, done);
    }),
  );
}

async function workBy(db: Services["db"]["read"], filter: PaymentFilter) {
  const all = new Map<UserId, Map<CampaignId, Work>>();
  const of = (userId: UserId, campaignId: CampaignId): Work => {
    const mine = all.get(userId) ?? new Map<CampaignId, Work>();
    const work = mine.get(campaignId) ?? { rankings: 0, demonstrations: 0, seconds: 0 };
    all.set(userId, mine.set(campaignId, work));
    return work;
  };
  for (const row of await paidRankings(db, filter))
    Object.assign(of(row.userId, row.campaignId), { rankings: row.count, seconds: row.seconds });
  for (const row of await paidDemonstrations(db, filter))
    of(row.userId, row.campaignId).demonstrations = row.count;
  return all;
}

/** The same as a CSV for whoever pays; that it was taken is in the log. */
export async function paymentCsv(
  ctx: Services,
  actor: Actor,
  filter: z.output<typeof zPaymentOf>,
): Promise<{ fileName: string; text: string }> {
  const rows = await listPayments(ctx, actor, filter);
  const { campaignId = null, since, until } = filter;
  await write(ctx.db, (tx) =>
    recordChange(tx, actor, {
      action: "payment.export",
      target: { id: campaignId ?? "all", name: `${day(since)} – ${day(until)}` },
      campaignId,
      after: { since, until, people: new Set(rows.map((row) => row.userId)).size },
    }),
  );
  const header = [
    "name",
    "email",
    "market",
    "worker",
    "campaign",
    "rankings",
    "demonstrations",
    "hours",
    "rate_ranking",
    "rate_demonstration",
    "currency",
    "amount",
  ];
  const lines = rows.map((row) =>
    csvLine([
      row.name,
      row.email,
      row.market,
      row.worker,
      row.campaign,
      row.rankings,
      row.demonstrations,
      Math.round(row.seconds / 36) / 100,
      row.pay?.ranking ?? null,
      row.pay?.demonstration ?? null,
      row.pay?.currency ?? null,
      row.amount,
    ]),
  );
  return {
    fileName: `payment-${day(since)}-${day(until)}.csv`,
    text: csvLine(header) + lines.join(""),
  };
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
