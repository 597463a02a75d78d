import { insertCampaign, type CampaignRow } from "../db/queries/campaign";
import { demoCampaign, insertDemonstrations, insertPrompts } from "../db/queries/demo";
import { countTrainPrompts } from "../db/queries/answer";
import { insertRun, sftRunFrom, type RunRow } from "../db/queries/run";
import { insertUser, simulatedUsers } from "../db/queries/user";
import type { CampaignConfig } from "../db/json-columns";
import { write } from "../db/write";
import type { CampaignId, ModelId } from "../domain/ids";
import type { Services } from "./context";
import { enqueue } from "./jobs";
import { openDraft } from "./rounds";

/**
 * Asks for the demo on the first start of an install: once it has been asked for, or somebody has begun a
 * campaign of their own, never again. @returns whether it is being made
 */
export async function ensureDemo({ db }: Services): Promise<boolean> {
  return await write(db, async (tx) => {
    const { campaigns, job } = await demoCampaign(tx);
    if (job) return job.status === "queued" || job.status === "running";
    if (campaigns > 0) return false;
    await enqueue(tx, "make-demo", {}, { key: "make-demo" });
    return true;
  });
}

export interface DemoSeed {
  name: string;
  guidelines: string;
  config: CampaignConfig;
  completionsPerTask: number;
  tasksPerRound: number;
  prompts: {
    text: string;
    split: "train" | "heldout";
    /** Its demonstration, by one of two authors; null where there is none. */
    answer: { text: string; author: 0 | 1 } | null;
  }[];
}

/** Writes the demo's campaign with its prompts and demonstrations, or finds it where a crash left it. */
export async function seedDemo({ db }: Services, seed: DemoSeed): Promise<CampaignRow> {
  return await write(db, async (tx) => {
    const { campaign: there } = await demoCampaign(tx);
    if (there && (await countTrainPrompts(tx, there.id)) > 0) return there;
    const { prompts, ...values } = seed;
    const campaign = await insertCampaign(tx, {
      ...values,
      status: "draft",
      verifier: "sort",
      overlap: 1,
    });
    const authors = await simulatedUsers(tx);
    while (authors.length < 2) {
      const name = `Simulated labeler ${authors.length + 1}`;
      authors.push(await insertUser(tx, { name, role: "labeler", simulated: true }));
    }
    const rows = await insertPrompts(tx, campaign.id, prompts);
    await insertDemonstrations(
      tx,
      campaign.id,
      rows.flatMap(({ id, answer }) =>
        answer === null
          ? []
          : [{ promptId: id, text: answer.text, authorId: authors[answer.author].id }],
      ),
    );
    return campaign;
  });
}

/** The run that teaches the demo's model the task, made on first asking. */
export async function demoRun(
  { db }: Services,
  campaignId: CampaignId,
  modelId: ModelId,
  config: RunRow["config"],
): Promise<RunRow> {
  return await write(
    db,
    async (tx) =>
      (await sftRunFrom(tx, campaignId, modelId)) ??
      (await insertRun(tx, {
        kind: "sft",
        campaignId,
        modelId,
        config,
        seed: 1,
        status: "queued",
      })),
  );
}

/** The trained sorter becomes the campaign's policy, and labelers may come. */
export async function openDemo(
  { db }: Services,
  campaign: CampaignRow,
  policyModelId: ModelId,
): Promise<void> {
  await write(db, async (tx) => {
    const { campaign: now } = await demoCampaign(tx);
    if (now?.status !== "draft") return;
    await openDraft(tx, campaign.id, policyModelId);
  });
}
