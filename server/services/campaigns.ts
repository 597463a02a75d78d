import { z } from "zod";
import {
  campaignsWithRound,
  findCampaign,
  modelsById,
  policyModels,
  recentRankings,
  roundsOf,
  type RoundTally,
  roundTallies,
} from "../db/queries/campaign";
import { activeJobs, demonstrationCounts, runsOf } from "../db/queries/circle";
import { promptCounts } from "../db/queries/prompt-counts";
import { AppError } from "../domain/app-error";
import { type CampaignId, zCampaignId } from "../domain/ids";
import { mayIn, maySomewhere } from "../domain/roles";
import { hoursLeft } from "../domain/pace";
import { rewardAccuracy } from "./circle-metrics";
import { movingOf } from "./circle-moving";
import { type Actor, requireRole, requireSomewhere, type Services } from "./context";

const noTally = { tasks: 0, wanted: 0, done: 0, simulated: 0 };
export type Tally = Omit<RoundTally, "roundId">;

async function tallyByRound(ctx: Services, ids: CampaignId[]): Promise<Map<string, Tally>> {
  const tallies = await roundTallies(ctx.db.read, ids);
  return new Map(tallies.map(({ roundId, ...tally }) => [roundId, tally]));
}

/** Every campaign that the actor reads or reviews, with where its round stands, newest first. */
export async function listCampaigns(ctx: Services, actor: Actor) {
  if (!maySomewhere(actor, "reviewer")) requireSomewhere(actor, "researcher");
  const all = await campaignsWithRound(ctx.db.read);
  const rows = all.filter(
    ({ campaign: { id } }) => mayIn(actor, "researcher", id) || mayIn(actor, "reviewer", id),
  );
  const tallies = await tallyByRound(
    ctx,
    rows.map((row) => row.campaign.id),
  );
  return rows.map(({ campaign, roundId, phase }) => ({
    id: campaign.id,
    name: campaign.name,
    status: campaign.status,
    round: campaign.round,
    phase,
    createdAt: campaign.createdAt,
    tally: (roundId && tallies.get(roundId)) || noTally,
  }));
}
export type CampaignSummary = Awaited<ReturnType<typeof listCampaigns>>[number];

export const zGetCampaign = z.object({ campaignId: zCampaignId });

/** A campaign whole: its settings, its rounds with what each did, and what is going on. */
export async function getCampaign(
  ctx: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zGetCampaign>,
) {
  requireRole(actor, "researcher", campaignId);
  const db = ctx.db.read;
  const campaign = await findCampaign(db, campaignId);
  if (!campaign) {
    throw new AppError("not-found", "There is no such campaign: it may have been removed.");
  }
  const [rounds, tallies, runs, jobs, prompts, demonstrations] = await Promise.all([
    roundsOf(db, campaignId),
    tallyByRound(ctx, [campaignId]),
    runsOf(db, campaignId),
    activeJobs(db, campaignId),
    promptCounts(db, campaignId),
    demonstrationCounts(db, campaignId),
  ]);
  const models = await modelsById(db, [
    campaign.policyModelId,
    campaign.config.comparing?.againstModelId ?? null,
    ...rounds.flatMap((row) => [row.policyModelId, row.rewardModelId, row.nextPolicyModelId]),
  ]);
  const named = (id: string | null) => {
    const found = models.find((row) => row.id === id);
    return found ? { id: found.id, name: found.name, exact: found.exact } : null;
  };
  const current = rounds.find((row) => row.number === campaign.round);
  const tally = (current && tallies.get(current.id)) || noTally;
  const all = [...tallies.values()];
  const simulated = all.reduce((sum, row) => sum + row.simulated, 0);
  const ranked = all.reduce((sum, row) => sum + row.done, 0);
  const running = runs.find((run) => run.status === "running");

  return {
    campaign,
    policy: named(current?.policyModelId ?? campaign.policyModelId),
    /** The model that the policy is compared with, where it is. */
    against: named(campaign.config.comparing?.againstModelId ?? null),
    phase: current?.status ?? null,
    roundId: current?.id ?? null,
    tally,
    /** Rankings of all rounds that training would use, and how many of all are simulated. */
    usable: campaign.config.includeSimulated ? ranked : ranked - simulated,
    simulated,
    hoursLeft: current
      ? hoursLeft(tally.wanted - tally.done, await recentRankings(db, current.id, new Date()))
      : null,
    prompts,
    demonstrations,
    moving: jobs.flatMap((job) => movingOf(job, current, running)),
    rounds: await Promise.all(
      rounds.map(async (row) => {
        const mine = runs.filter((run) => run.roundId === row.id);
        const reward = mine.find((run) => run.kind === "reward");
        const next = named(row.nextPolicyModelId);
        return {
          id: row.id,
          number: row.number,
          status: row.status,
          tally: tallies.get(row.id) ?? noTally,
          policy: named(row.policyModelId),
          rewardModel: named(row.rewardModelId),
          rewardAccuracy: reward ? await rewardAccuracy(ctx, reward.id) : null,
          exact: row.exact,
          exactAfter: rounds.find((r) => r.number === row.number + 1)?.exact ?? next?.exact ?? null,
          runs: mine.map(({ id, kind, status, error }) => ({ id, kind, status, error })),
          createdAt: row.createdAt,
          endedAt: row.endedAt,
        };
      }),
    ),
  };
}
export type CampaignDetail = Awaited<ReturnType<typeof getCampaign>>;

/** The models that a campaign can start from, newest first. */
export async function listPolicies({ db }: Services, actor: Actor) {
  requireSomewhere(actor, "researcher");
  const models = await policyModels(db.read);
  return models.map(({ id, name, parameters, source, exact, createdAt }) => ({
    id,
    name,
    parameters,
    source,
    exact,
    createdAt,
  }));
}
