import { z } from "zod";
import {
  type CampaignRow,
  campaignsWithRound,
  modelsById,
  recentRankings,
  roundsOf,
  type RoundRow,
  roundTallies,
} from "../db/queries/campaign";
import {
  activeJobs,
  answerCount,
  demoJobs,
  demonstrationCounts,
  runsOf,
} from "../db/queries/circle";
import { promptCounts } from "../db/queries/prompt-counts";
import type { RunKind } from "../domain/run-kinds";
import { type ModelId, type RunId, zCampaignId } from "../domain/ids";
import { type LoopState, type NextAction, nextActions } from "../domain/next-action";
import { hoursLeft } from "../domain/pace";
import { mayActAs } from "../domain/roles";
import { type Moving, movingOf } from "./circle-moving";
import { lastReward, rewardAccuracy, firstReward } from "./circle-metrics";
import { type Actor, requireRole, type Services } from "./context";
import { labelingProgress } from "./labeling";

interface ModelName {
  id: ModelId;
  name: string;
  parameters: number;
}

/** The loop of one campaign in numbers: what stands at each station, what waits, what moves. */
export interface Loop {
  campaign: Pick<
    CampaignRow,
    "id" | "name" | "status" | "round" | "verifier" | "completionsPerTask"
  >;
  phase: RoundRow["status"] | null;
  prompts: { total: number; heldout: number; unanswered: number };
  demonstrations: { accepted: number; toReview: number };
  policy: { model: ModelName | null; answers: number };
  rankings: {
    done: number;
    wanted: number;
    simulated: number;
    /** Of all rounds, those that training would use. */
    usable: number;
    /** Until the round is full, at today's pace; null when nobody can tell. */
    hoursLeft: number | null;
  };
  reward: { model: ModelName | null; accuracy: number | null; runId: RunId | null };
  ppo: {
    runs: number;
    runId: RunId | null;
    rewardBefore: number | null;
    rewardAfter: number | null;
  };
  /** True accuracy of each round's policy, by program; empty where no program can tell. */
  proof: { round: number; exact: number }[];
  moving: Moving[];
  running: { id: RunId; kind: RunKind } | null;
}

export interface Circle {
  campaigns: Pick<CampaignRow, "id" | "name" | "status">[];
  loop: Loop | null;
  /** The demo of a fresh install, while the worker makes it. */
  making: { progress: number | null; secondsLeft: number | null } | null;
  next: NextAction[];
}

export const zShowCircle = z.object({ campaignId: zCampaignId.optional() });

/**
 * The map of the product for one campaign: the one asked for, else the newest that is open, else
 * the newest.
 */
export async function showCircle(
  ctx: Services,
  actor: Actor,
  input: z.output<typeof zShowCircle>,
): Promise<Circle> {
  requireRole(actor, "researcher");
  const rows = await campaignsWithRound(ctx.db.read);
  const campaigns = rows.map(({ campaign: { id, name, status } }) => ({ id, name, status }));
  const [demo] = await demoJobs(ctx.db.read);
  const making = demo ? { progress: demo.progress, secondsLeft: demo.secondsLeft } : null;
  const chosen =
    rows.find((row) => row.campaign.id === input.campaignId) ??
    rows.find((row) => row.campaign.status === "open") ??
    rows[0];
  if (!chosen) {
    return { campaigns, loop: null, making, next: making ? [] : nextActions(actor.role, null) };
  }

  const rounds = await roundsOf(ctx.db.read, chosen.campaign.id);
  const loop = await loopOf(ctx, chosen.campaign, rounds);
  const left = mayActAs(actor.role, "labeler") ? await labelingProgress(ctx, actor) : [];
  const mine = left.find((row) => row.campaignId === chosen.campaign.id)?.left ?? 0;
  const state = stateOf(chosen.campaign, loop, mine, making !== null);
  return { campaigns, loop, making, next: nextActions(actor.role, state) };
}

async function loopOf(ctx: Services, campaign: CampaignRow, rounds: RoundRow[]): Promise<Loop> {
  const db = ctx.db.read;
  const { id } = campaign;
  const current = rounds.find((row) => row.number === campaign.round);
  const [prompts, demonstrations, answers, tallies, runs, jobs] = await Promise.all([
    promptCounts(db, id),
    demonstrationCounts(db, id),
    current ? answerCount(db, current.id) : 0,
    roundTallies(db, [id]),
    runsOf(db, id),
    activeJobs(db, id),
  ]);
  const tally = tallies.find((row) => row.roundId === current?.id);
  const missing = (tally?.wanted ?? 0) - (tally?.done ?? 0);
  const done = (kind: string) => runs.filter((run) => run.kind === kind && run.status === "done");
  const rewardRun = done("reward")[0];
  const ppoRun = done("ppo")[0];
  const rewardModelId = rewardRun?.outputModelId ?? campaign.rewardModelId;
  const policyModelId = current?.policyModelId ?? campaign.policyModelId;
  const models = await modelsById(db, [rewardModelId, policyModelId]);
  const named = (modelId: string | null) => {
    const model = models.find((row) => row.id === modelId);
    return model ? { id: model.id, name: model.name, parameters: model.parameters } : null;
  };
  const running = runs.find((run) => run.status === "running");

  return {
    campaign: {
      id,
      name: campaign.name,
      status: campaign.status,
      round: campaign.round,
      verifier: campaign.verifier,
      completionsPerTask: campaign.completionsPerTask,
    },
    phase: current?.status ?? null,
    prompts,
    demonstrations,
    policy: { model: named(policyModelId), answers },
    rankings: {
      done: tally?.done ?? 0,
      wanted: tally?.wanted ?? 0,
      simulated: tally?.simulated ?? 0,
      usable: tallies.reduce(
        (sum, row) => sum + row.done - (campaign.config.includeSimulated ? 0 : row.simulated),
        0,
      ),
      hoursLeft: current
        ? hoursLeft(missing, await recentRankings(db, current.id, new Date()))
        : null,
    },
    reward: {
      model: named(rewardModelId),
      accuracy: rewardRun ? await rewardAccuracy(ctx, rewardRun.id) : null,
      runId: rewardRun?.id ?? null,
    },
    ppo: {
      runs: done("ppo").length,
      runId: ppoRun?.id ?? null,
      rewardBefore: ppoRun ? await firstReward(ctx, ppoRun.id) : null,
      rewardAfter: ppoRun ? await lastReward(ctx, ppoRun.id) : null,
    },
    proof: rounds.flatMap((row) =>
      row.exact === null ? [] : [{ round: row.number, exact: row.exact }],
    ),
    moving: jobs.flatMap((job) => movingOf(job, current, running)),
    running: running ? { id: running.id, kind: running.kind } : null,
  };
}

function stateOf(
  campaign: CampaignRow,
  loop: Loop,
  tasksForMe: number,
  making: boolean,
): LoopState {
  return {
    campaignId: campaign.id,
    status: campaign.status,
    round: campaign.round,
    phase: loop.phase,
    prompts: loop.prompts.total - loop.prompts.heldout,
    tasksPerRound: campaign.tasksPerRound,
    hasPolicy: campaign.policyModelId !== null,
    demonstrationsToReview: loop.demonstrations.toReview,
    rankingsDone: loop.rankings.done,
    rankingsWanted: loop.rankings.wanted,
    rankingsUsable: loop.rankings.usable,
    tasksForMe,
    run: loop.running,
    making,
    answeredRounds: loop.phase === "answering" ? campaign.round - 1 : campaign.round,
  };
}
