import { z } from "zod";
import type { Reader } from "../db/client";
import { findCampaign, modelsById, roundsOf, type CampaignRow } from "../db/queries/campaign";
import { answersBy, peopleNamed, promptsAnsweredBy, rankingsShowing } from "../db/queries/round";
import { runsOf } from "../db/queries/circle";
import type { RoundRow, RunRow } from "../db/queries/run";
import { snapshotById } from "../db/queries/snapshot";
import { AppError } from "../domain/app-error";
import { zCampaignId, type ModelId } from "../domain/ids";
import type { Gate, GateRecord } from "../domain/rounds/gate";
import { canStop, gateOf } from "../domain/rounds/machine";
import { preferenceOf, type Preference } from "../domain/rounds/preference";
import { gateNames, ruleOf, usualRule } from "../domain/rounds/rule";
import { requireRole, type Actor, type Services } from "./context";
import { gateWithFigures, practiceOf, reportOf } from "./round-figures";

export const zShowRounds = z.object({ campaignId: zCampaignId });

/** The rule of a campaign's rounds, where its present round stands and why, and what each round came to. */
export async function showRounds(
  ctx: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zShowRounds>,
) {
  requireRole(actor, "researcher", campaignId);
  const db = ctx.db.read;
  const campaign = await findCampaign(db, campaignId);
  if (!campaign) throw new AppError("not-found", "There is no such campaign: reload the page.");
  const rounds = await roundsOf(db, campaignId);
  const runs = await runsOf(db, campaignId);
  const models = await namesOf(db, rounds);
  const people = await peopleOf(db, rounds);
  const current = rounds.find((row) => row.number === campaign.round) ?? null;
  const { config, tasksPerRound, overlap, status } = campaign;
  return {
    status,
    /** Null = trained by hand, and nothing holds a round but a person. */
    rule: config.rounds ? ruleOf(config.rounds) : null,
    usual: usualRule(tasksPerRound * overlap),
    current: current && {
      ...(await presentOf(db, campaign, current, runs, models, people)),
      mixed: await mixedWith(db, rounds, current, models),
    },
    history: await Promise.all(
      rounds.map(async (round) => {
        const next = rounds.find((row) => row.number === round.number + 1);
        return {
          id: round.id,
          number: round.number,
          report: await reportOf(db, round),
          practice: await practiceOf(db, round.ppoRunId),
          gates: decided(round, people),
          preference: next ? await preferenceFor(db, campaign, round, next) : null,
        };
      }),
    ),
  };
}
export type RoundsShown = Awaited<ReturnType<typeof showRounds>>;
export type PresentRound = NonNullable<RoundsShown["current"]>;

type Names = (id: ModelId | null) => { id: ModelId; name: string } | null;

async function namesOf(db: Reader, rounds: readonly RoundRow[]): Promise<Names> {
  const ids = rounds.flatMap((row) => [
    row.policyModelId,
    row.rewardModelId,
    row.nextPolicyModelId,
  ]);
  const found = new Map((await modelsById(db, ids)).map(({ id, name }) => [id, { id, name }]));
  return (id) => (id === null ? null : (found.get(id) ?? null));
}

/** Names of those who decided at gates. */
async function peopleOf(db: Reader, rounds: readonly RoundRow[]): Promise<Map<string, string>> {
  const ids = rounds.flatMap((row) => (row.gates ?? []).flatMap(({ byId }) => byId ?? []));
  const rows = await peopleNamed(db, [...new Set(ids)]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const decided = ({ gates }: RoundRow, people: ReadonlyMap<string, string>) =>
  (gates ?? []).map(({ byId, ...record }: GateRecord) =>
    Object.assign(record, { by: byId === null ? null : (people.get(byId) ?? "?") }),
  );

/** The present round with what each of its steps did, and its gates: passed ones as they were then. */
async function presentOf(
  db: Reader,
  campaign: CampaignRow,
  round: RoundRow,
  runs: readonly RunRow[],
  models: Names,
  people: ReadonlyMap<string, string>,
) {
  const now = new Date();
  const at = gateOf[round.status];
  const gates: Gate[] = [];
  for (const name of gateNames) gates.push(await gateWithFigures(db, name, campaign, round, now));
  const runOf = (id: RunRow["id"] | null) => {
    const run = runs.find((one) => one.id === id);
    return run
      ? { id: run.id, status: run.status, step: run.step, totalSteps: run.totalSteps }
      : null;
  };
  const frozen = round.snapshotId && (await snapshotById(db, round.snapshotId));
  const failed = round.status === "failed" ? runs.find((run) => run.roundId === round.id) : null;
  return {
    id: round.id,
    number: round.number,
    status: round.status,
    held: round.held,
    /** The gate at which it stands. */
    at,
    gates,
    canStop: canStop(round),
    error: failed?.error ?? null,
    policy: models(round.policyModelId),
    snapshot: frozen ? { id: frozen.id, counts: frozen.counts } : null,
    rewardRun: runOf(round.rewardRunId),
    rewardModel: models(round.rewardModelId),
    report: await reportOf(db, round),
    ppoRun: runOf(round.ppoRunId),
    nextPolicy: models(round.nextPolicyModelId),
    practice: await practiceOf(db, round.ppoRunId),
    decided: decided(round, people),
  };
}

/** The tasks of a round that show the policy before it too; null where there are none. */
async function mixedWith(
  db: Reader,
  rounds: readonly RoundRow[],
  { id, number, policyModelId }: RoundRow,
  models: Names,
) {
  const before = rounds.find((row) => row.number === number - 1);
  if (!before || before.policyModelId === policyModelId) return null;
  const tasks = await promptsAnsweredBy(db, id, before.policyModelId);
  return tasks > 0 ? { tasks, old: models(before.policyModelId) } : null;
}

/** What labelers of the next round prefer, where its tasks show this round's policy beside the new one. */
async function preferenceFor(
  db: Reader,
  { config }: CampaignRow,
  { policyModelId: old }: RoundRow,
  { id: roundId, policyModelId: fresh }: RoundRow,
): Promise<(Preference & { simulated: number }) | null> {
  if (old === fresh) return null;
  const simulated = config.includeSimulated ?? false;
  const rankings = await rankingsShowing(db, { roundId, modelId: old, simulated });
  if (rankings.length === 0) return null;
  const by = await answersBy(db, roundId, [old, fresh]);
  const preference = preferenceOf(rankings, (id) => {
    const modelId = by.get(id);
    return modelId === fresh ? "new" : modelId === old ? "old" : null;
  });
  return preference && { ...preference, simulated: rankings.filter((one) => one.simulated).length };
}
