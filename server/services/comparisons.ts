import { z } from "zod";
import { findCampaign, modelsById } from "../db/queries/campaign";
import { comparisonCounts, comparisonCrowd } from "../db/queries/comparison";
import { AppError } from "../domain/app-error";
import { comparisonResults } from "../domain/comparison-results";
import { type ModelId, zCampaignId } from "../domain/ids";
import { reachOf } from "../domain/preference-scale";
import { type Actor, requireRole, type Services } from "./context";

export const zComparisonResults = z.object({ campaignId: zCampaignId });

/** What a campaign's comparisons say of its models: who wins how often, and whether the side decided. */
export async function getComparisonResults(
  { db }: Services,
  actor: Actor,
  { campaignId }: z.output<typeof zComparisonResults>,
) {
  requireRole(actor, "researcher", campaignId);
  const campaign = await findCampaign(db.read, campaignId);
  if (!campaign)
    throw new AppError("not-found", "There is no such campaign: it may have been removed.");
  const { comparing, includeSimulated = false } = campaign.config;
  if (!comparing) return null;
  const of = { campaignId, includeSimulated };
  const [counts, crowd] = await Promise.all([
    comparisonCounts(db.read, of),
    comparisonCrowd(db.read, of),
  ]);
  const votes = counts.flatMap(({ leftOrigin, rightOrigin, ...vote }) => {
    const [left, right] = [vote.left ?? leftOrigin, vote.right ?? rightOrigin];
    return left !== null && right !== null ? [{ ...vote, left, right }] : [];
  });
  // the campaign's own policy moves with its rounds; what it stands against does not
  const { pairs, sides, points } = comparisonResults(votes, comparing.againstModelId);
  const models = await modelsById(db.read, [
    ...new Set(pairs.flatMap((pair) => pair.models)),
  ] as ModelId[]);
  // what came with the prompts is called as the file calls it
  const named = (id: string) => ({ id, name: models.find((row) => row.id === id)?.name ?? id });
  const reach = reachOf(comparing.steps);
  return {
    ...crowd,
    includeSimulated,
    comparisons: votes.reduce((sum, vote) => sum + vote.count, 0),
    sides,
    reach,
    points: Array.from({ length: comparing.steps }, (_, i) => ({
      preference: i - reach,
      count: points[i - reach] ?? 0,
    })),
    pairs: pairs.map(({ models: [a, b], ...pair }) =>
      Object.assign(pair, { first: named(a), second: named(b) }),
    ),
  };
}
