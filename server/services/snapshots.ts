import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Reader } from "../db/client";
import { type CampaignRow, findCampaign, modelsById } from "../db/queries/campaign";
import { reportOf } from "../db/queries/quality";
import {
  answeringModels,
  campaignsToFreeze,
  insertSnapshot,
  listSnapshots as listRows,
  promptSources,
  rankingCounts,
  sameSnapshot,
  snapshotById,
} from "../db/queries/snapshot";
import { guidelineTexts } from "../db/queries/guideline";
import type { Sql } from "../db/client";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import {
  type CampaignId,
  type SnapshotId,
  zCampaignId,
  zRoundId,
  zSnapshotId,
} from "../domain/ids";
import { qualityOptionsOf } from "../domain/quality/options";
import { recordChange } from "./audit";
import { type Actor, requireRole, requireSomewhere, type Services } from "./context";
import { absolutePath, storedPath } from "./folders";
import { datasetCard } from "./snapshots-card";
import { cardPath, readSnapshotFile, writeSnapshotFile, writeTextFile } from "./snapshots-file";
import { borderOf, snapshotRows } from "./snapshots-rows";
import { Tally } from "./snapshots-tally";

export const zCreateSnapshot = z.object({
  campaignId: zCampaignId,
  /** The round whose training asked for it; null when a person did. */
  roundId: zRoundId.nullish(),
  /** Rankings by programs stay outside unless they are asked for; inside, each row says so. */
  includeSimulated: z.boolean().default(false),
});

/**
 * Freezes a campaign's rankings so far: rows written once, named by their content, split by prompt.
 * The same rankings frozen again for the same round give the snapshot that is there.
 * @param actor null when a round's training asks for it
 * @param also what happens with the snapshot's row or not at all, in the same write
 * @throws AppError not-found (no such campaign), bad-input (no ranking to freeze)
 */
export async function createSnapshot(
  ctx: Services,
  actor: Actor | null,
  input: z.input<typeof zCreateSnapshot>,
  also: (tx: Sql, id: SnapshotId) => Promise<void> = async () => {},
) {
  const { campaignId, includeSimulated, roundId = null } = zCreateSnapshot.parse(input);
  if (actor) requireRole(actor, "researcher", campaignId);
  const { read } = ctx.db;
  const campaign = await findCampaign(read, campaignId);
  if (!campaign)
    throw new AppError("not-found", "This campaign does not exist; choose one from the list.");

  const createdAt = new Date();
  const weightOf = await weightsOf(read, campaign);
  const wanted = { campaignId, includeSimulated, until: createdAt, weightOf };
  const given = await rankingCounts(read, campaignId, createdAt);
  const tally = new Tally();
  const leftOut = { simulated: includeSimulated ? 0 : given.simulated, identical: 0 };
  if (given.people + (includeSimulated ? given.simulated : 0) === 0)
    throw nothingToFreeze(campaign.name, given.simulated);

  const border = await borderOf(read, wanted);
  const rows = snapshotRows(read, wanted, border, tally, leftOut);
  const { hash, path } = await writeSnapshotFile(ctx.folders.snapshots, rows);
  const counts = tally.counts(leftOut);
  const identity = { campaignId, roundId, hash, includeSimulated };
  const before = await sameSnapshot(read, identity);
  if (before) {
    await write(ctx.db, (tx) => also(tx, before.id));
    return before;
  }

  const sources = await promptSources(read, campaignId);
  const models = await modelsOf(read, campaignId, tally);
  const guidelines = await guidelineTexts(read, campaignId);
  const facts = { createdAt, counts, sources, models, guidelines };
  const card = datasetCard({ campaign, ...identity, ...facts });
  await writeTextFile(cardPath(path), card);
  const stored = storedPath(ctx.folders, path);
  const row = { ...identity, counts, path: stored, createdAt, createdById: actor?.id ?? null };
  return await write(ctx.db, async (tx) => {
    const made = await insertSnapshot(tx, row);
    await also(tx, made.id);
    await recordChange(tx, actor, {
      action: "snapshot.create",
      target: { id: made.id, name: campaign.name },
      campaignId,
      after: { hash, includeSimulated, roundId },
    });
    return made;
  });
}

/** The models whose answers the rounds showed: each round's policy, and what stood beside it. */
async function modelsOf(read: Reader, campaignId: CampaignId, tally: Tally) {
  const policies = await answeringModels(read, campaignId);
  const others = tally
    .models()
    .filter(({ round, id }) => !policies.some((one) => one.round === round && one.id === id));
  const known = await modelsById(read, [...new Set(others.map(({ id }) => id))]);
  const named = new Map(known.map((model) => [model.id, model]));
  const beside = others.flatMap(({ round, id }) => {
    const model = named.get(id);
    return model ? [{ round, id, name: model.name, hash: model.hash }] : [];
  });
  return [...policies, ...beside].toSorted((a, b) => a.round - b.round);
}

/** What each labeler's rankings weigh, as last measured; all the same where the campaign says so. */
async function weightsOf(
  read: Reader,
  campaign: CampaignRow,
): Promise<((labelerId: string) => number) | undefined> {
  if (!qualityOptionsOf(campaign.config).weights) return undefined;
  const measured = await reportOf(read, campaign.id);
  const report = measured?.report;
  const known = [...(report?.earlier ?? []), ...(report?.labelers ?? [])];
  const weights = new Map(known.map((own) => [own.labeler, own.weight]));
  return (labelerId) => weights.get(labelerId) ?? 1;
}

function nothingToFreeze(name: string, simulated: number): AppError {
  return new AppError(
    "bad-input",
    simulated === 0
      ? `Campaign "${name}" has no ranking yet, so there is nothing to freeze; open it for labelers, and make the snapshot when they have ranked.`
      : `Campaign "${name}" has no ranking by a person yet (${simulated} by simulated labelers were left out); include the simulated ones, or wait for people's.`,
  );
}

/** Every snapshot, or those of one campaign, newest first. */
export async function listSnapshots(
  ctx: Services,
  actor: Actor,
  input: { campaignId?: z.infer<typeof zCampaignId> } = {},
) {
  requireRole(actor, "researcher", input.campaignId);
  return await listRows(ctx.db.read, input.campaignId ?? null);
}

export const zSnapshotRef = z.object({ id: zSnapshotId });

/** One snapshot with its dataset card. @throws AppError not-found */
export async function getSnapshot(
  ctx: Services,
  actor: Actor,
  { id }: z.infer<typeof zSnapshotRef>,
) {
  requireSomewhere(actor, "researcher");
  const { path, ...row } = await findSnapshot(ctx, id);
  requireRole(actor, "researcher", row.campaignId);
  return { ...row, card: await readFile(cardPath(path), "utf8").catch(() => null) };
}

/** The first rows of a snapshot as they are in the file. */
export async function previewSnapshot(
  ctx: Services,
  actor: Actor,
  input: { id: z.infer<typeof zSnapshotId>; rows?: number },
) {
  requireSomewhere(actor, "researcher");
  const { path, campaignId } = await findSnapshot(ctx, input.id);
  requireRole(actor, "researcher", campaignId);
  const rows: PreviewRow[] = [];
  for await (const row of readSnapshotFile(path)) {
    rows.push(zPreviewRow.parse(row));
    if (rows.length >= (input.rows ?? 5)) break;
  }
  return rows;
}

/** What a page shows of a row. */
const zPreviewRow = z.object({
  id: z.string(),
  prompt: z.string(),
  completions: z.array(z.object({ id: z.string(), text: z.string() })),
  ranking: z.array(z.array(z.string())),
  not_rankable: z.array(z.string()),
  simulated: z.boolean(),
  split: z.enum(["train", "heldout"]),
  round: z.number(),
});
export type PreviewRow = z.infer<typeof zPreviewRow>;

/** Campaigns with what a snapshot of each would hold. */
export async function snapshotChoices(ctx: Services, actor: Actor) {
  requireRole(actor, "researcher");
  return await campaignsToFreeze(ctx.db.read);
}

/** A snapshot's row with the place where its file lies now. @throws AppError not-found */
export async function findSnapshot(ctx: Services, id: z.infer<typeof zSnapshotId>) {
  const row = await snapshotById(ctx.db.read, id);
  if (!row)
    throw new AppError("not-found", "This snapshot does not exist; choose one from the list.");
  return { ...row, path: absolutePath(ctx.folders, row.path) };
}
