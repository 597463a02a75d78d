import type { Reader, Sql } from "../db/client";
import { type AssignmentRow, insertAssignment } from "../db/queries/assignment";
import {
  collectingCampaigns,
  drawGold,
  drawTask,
  type DrawnTask,
  goldSeen,
  labelerTraits,
  retireGold,
  type TaskWanted,
} from "../db/queries/distribution";
import { agreedConsents } from "../db/queries/campaign-consent";
import { enteredOf } from "../db/queries/entry";
import { guidelinesVersion } from "../db/queries/guideline";
import type { Reach } from "../db/queries/member";
import { pausedIn } from "../db/queries/notice";
import { addToTally, servedSoFar } from "../db/queries/tally";
import { taskState, type TaskRow } from "../db/queries/task";
import { drawOrder, hasPlace, leaseFrom } from "../domain/assignment";
import {
  type Distribution,
  distributionOf,
  isDue,
  isQualified,
  type Purpose,
  type Sampling,
} from "../domain/distribution";
import { entryOf, isAgreed, mayEnter } from "../domain/entry";
import type { CampaignId, ConsentId, UserId } from "../domain/ids";
import { leftOf } from "./labeling-counts";
import { placesOf } from "./labeling-lease";

interface Wanted {
  labelerId: UserId;
  campaignId?: CampaignId;
  /** Where this labeler may label. */
  reach: Reach;
  now: Date;
}

/** Why a campaign gives a labeler nothing, whatever is left in it. */
export type Barred = "paused" | "entry" | "qualification";

interface OpenCampaign extends TaskWanted {
  distribution: Distribution;
  barred: Barred | null;
}

/** The campaigns that collect, and whether they may give tasks to this labeler now. */
async function campaignsFor(db: Reader, wanted: Wanted): Promise<OpenCampaign[]> {
  const { languages, qualifications, simulated } = await labelerTraits(db, wanted.labelerId);
  const { labelerId, now } = wanted;
  const rows = await collectingCampaigns(db, wanted.reach, wanted.campaignId);
  const paused = await pausedIn(db, labelerId);
  const entered = await enteredOf(db, labelerId);
  const asks = !simulated && rows.some(({ config }) => config.consentId);
  const agreed = asks ? await agreedConsents(db, labelerId) : new Set<ConsentId>();
  return rows.map(({ id, roundId, config }) => {
    const distribution = distributionOf(config);
    const has = { screened: entered.screened.has(id), passed: entered.passed.has(id) };
    const enters = simulated || (isAgreed(config, agreed) && mayEnter(entryOf(config), has));
    let barred: Barred | null = null;
    if (paused.has(id)) barred = "paused";
    else if (!enters) barred = "entry";
    else if (!isQualified(distribution, qualifications)) barred = "qualification";
    return { barred, campaignId: id, roundId, distribution, labelerId, languages, now };
  });
}

/** Draws a task for this labeler and lends it, in the transaction that counts its places; null when none is left. */
export async function lendTask(tx: Sql, wanted: Wanted): Promise<AssignmentRow | null> {
  const giving = (await campaignsFor(tx, wanted)).filter(({ barred }) => !barred);
  for (const campaign of drawOrder(giving, Math.random)) {
    const drawn = await draw(tx, campaign);
    if (!drawn) continue;
    const { task, purpose, because } = drawn;
    const row = await insertAssignment(tx, {
      taskId: task.id,
      labelerId: wanted.labelerId,
      shownOrder: drawOrder(task.completionIds, Math.random),
      status: "active",
      purpose,
      servedBecause: because,
      guidelinesVersion: await guidelinesVersion(tx, task.campaignId),
      leaseExpiresAt: leaseFrom(wanted.now),
    });
    await addToTally(tx, campaign, {
      served: 1,
      gold: Number(because === "gold"),
      calibration: Number(because === "calibration"),
    });
    const { goldSeenBy } = campaign.distribution;
    if (purpose === "gold" && (await goldSeen(tx, task.id)) >= goldSeenBy)
      await retireGold(tx, task.id, wanted.now);
    return row;
  }
  return null;
}

interface Lent {
  task: TaskRow;
  purpose: Purpose;
  because: string;
}

/** Gold and the calibration pool at their rates, else by the campaign's sampling; never gold alone. */
async function draw(tx: Sql, campaign: OpenCampaign): Promise<Lent | null> {
  const { goldRate, calibrationShare, sampling } = campaign.distribution;
  const had = await servedSoFar(tx, campaign);
  const fromPool = () => drawTask(tx, campaign, { sampling, calibration: true });
  const sampled = () => drawTask(tx, campaign, { sampling, calibration: false });
  const first = isDue(calibrationShare, had.all, had.calibration, Math.random) ? fromPool : sampled;
  const found = (await first()) ?? (await (first === sampled ? fromPool() : sampled()));
  if (!found) return null;
  if (isDue(goldRate, had.all, had.gold, Math.random)) {
    const gold = await drawGold(tx, campaign);
    if (gold) return { task: gold, purpose: "gold", because: "gold" };
  }
  const { task } = found;
  if (!task.calibration) return { task, purpose: "ordinary", because: becauseOf[sampling](found) };
  const state = await taskState(tx, task.id, campaign.labelerId, campaign.now);
  const purpose = hasPlace("ordinary", placesOf(state)) ? "ordinary" : "calibration";
  return { task, purpose, because: "calibration" };
}

/** Why a task was served, as it is recorded. */
const becauseOf: Record<Sampling, (drawn: DrawnTask) => string> = {
  uniform: () => "uniform",
  priority: ({ priority }) => `priority ${priority}`,
  uncertainty: ({ task }) =>
    task.uncertainty === null
      ? "uncertainty unknown"
      : `uncertainty ${task.uncertainty.toFixed(3)}`,
  coverage: ({ cluster, clusterCount }) => `coverage: ${clusterCount} of ${cluster}`,
};

/** How many tasks are left for this labeler, by campaign, and why it gives them none. */
export async function leftFor(
  db: Reader,
  wanted: Wanted,
): Promise<Map<CampaignId, { left: number; barred: Barred | null }>> {
  const campaigns = await campaignsFor(db, wanted);
  return new Map(
    await Promise.all(
      campaigns.map(async (campaign) => {
        const { campaignId, barred } = campaign;
        return [campaignId, { barred, left: barred ? 0 : await leftOf(db, campaign) }] as const;
      }),
    ),
  );
}
