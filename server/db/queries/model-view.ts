import { asc, desc, eq, or } from "drizzle-orm";
import type { ModelId } from "../../domain/ids";
import type { Reader } from "../client";
import { campaign, model, round, run } from "../schema";
import { ensemble, runInput } from "../schema-runs";

const listed = {
  id: model.id,
  name: model.name,
  kind: model.kind,
  architecture: model.architecture,
  parameters: model.parameters,
  hash: model.hash,
  parentId: model.parentId,
  runId: model.runId,
  runKind: run.kind,
  /** What its run practised for. */
  rewardModelId: run.rewardModelId,
  reward: runInput.reward,
  /** Of an ensemble; null for one model. */
  members: ensemble.members,
  /** The round that its run was made for. */
  round: round.number,
  campaignId: model.campaignId,
  campaignName: campaign.name,
  exact: model.exact,
  source: model.source,
  createdAt: model.createdAt,
};

/** Every model with the run and the campaign that it came from, newest first. */
export async function listModelRows(read: Reader) {
  return await read
    .select(listed)
    .from(model)
    .leftJoin(run, eq(run.id, model.runId))
    .leftJoin(runInput, eq(runInput.runId, run.id))
    .leftJoin(ensemble, eq(ensemble.modelId, model.id))
    .leftJoin(round, eq(round.id, run.roundId))
    .leftJoin(campaign, eq(campaign.id, model.campaignId))
    .orderBy(desc(model.createdAt), asc(model.id));
}

export async function modelRow(read: Reader, id: ModelId) {
  const [row] = await read
    .select({ ...listed, path: model.path })
    .from(model)
    .leftJoin(run, eq(run.id, model.runId))
    .leftJoin(runInput, eq(runInput.runId, run.id))
    .leftJoin(ensemble, eq(ensemble.modelId, model.id))
    .leftJoin(round, eq(round.id, run.roundId))
    .leftJoin(campaign, eq(campaign.id, model.campaignId))
    .where(eq(model.id, id));
  return row ?? null;
}

/** Where a model answers or scores now or did: rounds of campaigns. */
export async function roundsWith(read: Reader, id: ModelId) {
  return await read
    .select({
      campaignId: campaign.id,
      campaignName: campaign.name,
      round: round.number,
      policyModelId: round.policyModelId,
    })
    .from(round)
    .innerJoin(campaign, eq(campaign.id, round.campaignId))
    .where(or(eq(round.policyModelId, id), eq(round.rewardModelId, id)))
    .orderBy(asc(campaign.name), asc(round.number));
}
