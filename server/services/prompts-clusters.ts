import { z } from "zod";
import { findCampaign } from "../db/queries/campaign";
import {
  clusterCoverage,
  clusterRows,
  deleteClusters,
  insertCluster,
  promptsToCluster,
  renameInPrompts,
  setCluster,
} from "../db/queries/prompt-cluster";
import { clusterSizes } from "../db/queries/prompt-counts";
import { write } from "../db/write";
import { AppError } from "../domain/app-error";
import { type CampaignId, type JobId, type PromptId, zCampaignId } from "../domain/ids";
import { recordChange } from "./audit";
import { type Actor, requireRole, type Services } from "./context";
import { jobInputs } from "./job-inputs";
import { enqueue } from "./jobs";
import { zSomePrompts } from "./prompts-archive";

export const zMakeClusters = jobInputs["cluster-prompts"];
type MakeClusters = z.output<typeof zMakeClusters>;

/** Asks the worker to sort a campaign's prompts by what they are about. */
export async function makeClusters(
  { db }: Services,
  actor: Actor,
  input: MakeClusters,
): Promise<{ jobId: JobId }> {
  requireRole(actor, "admin", input.campaignId);
  return await write(db, async (tx) => {
    if (!(await findCampaign(tx, input.campaignId)))
      throw new AppError("not-found", "There is no such campaign: reload the page.");
    const about = { campaignId: input.campaignId, createdById: actor.id };
    const { id } = await enqueue(tx, "cluster-prompts", input, about);
    return { jobId: id };
  });
}

const page = 1000;

/** The texts to cluster, in an order that stays, never all at once. */
export async function* textsToCluster({ db }: Services, input: MakeClusters) {
  for (let after: PromptId | null = null; ;) {
    const rows: { id: PromptId; text: string }[] = await promptsToCluster(
      db.read,
      input,
      after,
      page,
    );
    if (rows.length === 0) return;
    yield* rows;
    after = rows[rows.length - 1].id;
  }
}

interface Made {
  name: string;
  words: string[];
  promptIds: PromptId[];
}

/** Keeps what was computed, all of it or none; where all prompts were sorted anew, earlier clusters are forgotten. */
export async function keepClusters(
  { db }: Services,
  { campaignId, all }: MakeClusters,
  made: readonly Made[],
): Promise<void> {
  await write(db, async (tx) => {
    if (all) await deleteClusters(tx, campaignId);
    for (const { name, words, promptIds } of made) {
      await insertCluster(tx, { campaignId, name, words, computedAt: new Date() });
      await setCluster(tx, campaignId, promptIds, name);
    }
    await recordChange(tx, null, {
      action: "prompt.cluster",
      target: { id: campaignId, name: "" },
      campaignId,
      after: { clusters: made.map(({ name }) => name) },
    });
  });
}

/** A campaign's clusters, the largest first, and how much of each was asked and ranked. */
export async function listClusters(
  { db }: Services,
  actor: Actor,
  { campaignId }: { campaignId: CampaignId },
) {
  requireRole(actor, "researcher", campaignId);
  const [sizes, coverage, rows] = await Promise.all([
    clusterSizes(db.read, campaignId),
    clusterCoverage(db.read, campaignId),
    clusterRows(db.read, campaignId),
  ]);
  const words = new Map(rows.map((row) => [row.name, row.words]));
  return sizes.map(({ name, prompts }) => ({
    name,
    prompts,
    words: (name !== null && words.get(name)) || [],
    asked: coverage.tasks.get(name) ?? 0,
    rankings: coverage.rankings.get(name) ?? 0,
  }));
}

const zName = z.string().trim().min(1, "Give it a name.").max(200);
export const zRenameCluster = z.object({ campaignId: zCampaignId, from: zName, to: zName });

/** Gives a cluster another name; that of another cluster makes one of both. */
export async function renameCluster(
  { db }: Services,
  actor: Actor,
  { campaignId, from, to }: z.output<typeof zRenameCluster>,
): Promise<void> {
  requireRole(actor, "admin", campaignId);
  if (from === to) return;
  await write(db, async (tx) => {
    if (!(await findCampaign(tx, campaignId)))
      throw new AppError("not-found", "There is no such campaign: reload the page.");
    const row = (await clusterRows(tx, campaignId)).find((one) => one.name === from);
    await renameInPrompts(tx, campaignId, from, to);
    await deleteClusters(tx, campaignId, [from]);
    if (row) await insertCluster(tx, { ...row, name: to });
    await recordChange(tx, actor, {
      action: "prompt.cluster",
      target: { id: campaignId, name: from },
      campaignId,
      before: { cluster: from },
      after: { cluster: to },
    });
  });
}

export const zMovePrompts = zSomePrompts.extend({ cluster: zName.nullable() });

/** Puts prompts into a cluster, or out of any. */
export async function movePrompts(
  { db }: Services,
  actor: Actor,
  { campaignId, promptIds, cluster }: z.output<typeof zMovePrompts>,
): Promise<{ moved: number }> {
  requireRole(actor, "admin", campaignId);
  return await write(db, async (tx) => {
    const moved = await setCluster(tx, campaignId, promptIds, cluster);
    if (moved > 0)
      await recordChange(tx, actor, {
        action: "prompt.cluster",
        target: { id: campaignId, name: cluster ?? "" },
        campaignId,
        after: { prompts: promptIds, cluster },
      });
    return { moved };
  });
}
