import { Readable } from "node:stream";
import { z } from "zod";
import { acceptedDemonstrations, promptsOfSplit } from "../db/queries/answer";
import { runRow } from "../db/queries/run-view";
import type { Reader } from "../db/client";
import { AppError } from "../domain/app-error";
import { type CampaignId, type ModelId, type RunId, zRunId } from "../domain/ids";
import { referencesAmong, splitDemonstrations } from "../domain/demonstration-split";
import { learnsRankings } from "../domain/run-kinds";
import { type Actor, requireRole, type Services } from "./context";
import { absolutePath } from "./folders";
import { bestRanked } from "./best-ranked";
import { exportLines } from "./export";
import { inputsOfRun } from "./run-inputs";
import type { RunRow } from "./run-record";
import { findSnapshot } from "./snapshots";

export const zExportRun = z.object({
  id: zRunId,
  /** heldout: what the run was judged by. */
  split: z.enum(["train", "heldout", "ptx", "references"]).default("train"),
});

/**
 * The rows a run learns from, in the file that the shell's trainer reads: demonstrations (sft), rankings
 * (reward, dpo) or prompts (ppo, rloo, grpo). What was written after the run began is left out.
 * @throws AppError not-found
 */
export async function exportRunData(
  ctx: Services,
  actor: Actor,
  input: z.input<typeof zExportRun>,
) {
  requireRole(actor, "researcher");
  const { id, split } = zExportRun.parse(input);
  const run = await runRow(ctx.db.read, id);
  if (!run) throw new AppError("not-found", "This run does not exist; choose one from the list.");
  const until = run.startedAt ?? run.createdAt;
  const file = (name: string, lines: Iterable<string> | AsyncIterable<string>) => ({
    fileName: `${name === split ? name : `${name}-${split}`}.jsonl`,
    contentType: "application/jsonl; charset=utf-8",
    stream: Readable.from(lines),
  });
  if (split === "ptx") return file("ptx", await ptxLines(ctx, run, until));
  if (split === "references") {
    const references = await referencesOfRun(ctx.db.read, run);
    if (!references)
      throw new AppError("not-found", "This run has no texts to download: see its command.");
    return file("references", references.map(demonstrationLine));
  }
  if (learnsRankings(run.kind)) {
    if (run.snapshotPath === null)
      throw new AppError("not-found", "This run has no snapshot yet; come back when it has begun.");
    const wanted = { format: "kwise", split, includeSimulated: true } as const;
    return file("rankings", exportLines(absolutePath(ctx.folders, run.snapshotPath), wanted));
  }
  if (run.campaignId === null)
    throw new AppError("not-found", "The campaign of this run is unknown, so its data is too.");
  return run.kind === "sft"
    ? file("demonstrations", await demonstrationLines(ctx, run.campaignId, until, { split, run }))
    : file("prompts", await promptLines(ctx, run.campaignId, split, until));
}

/** What PPO-ptx keeps likely, where it lies in no file. */
async function ptxLines(
  ctx: Services,
  run: { id: RunId; rewardModelId: ModelId | null },
  until: Date,
): Promise<string[]> {
  const { ptx } = await inputsOfRun(ctx.db.read, run);
  if (ptx?.kind === "demonstrations") return await demonstrationLines(ctx, ptx.campaignId, until);
  if (ptx?.kind !== "snapshot")
    throw new AppError("not-found", "This run has no texts to download: see its command.");
  const { path } = await findSnapshot(ctx, ptx.snapshotId);
  return (await bestRanked(path)).map(line);
}

async function demonstrationLines(
  ctx: Services,
  campaignId: CampaignId,
  until: Date,
  of?: { split: "train" | "heldout"; run: Pick<RunRow, "config" | "seed"> },
): Promise<string[]> {
  const all = await acceptedDemonstrations(ctx.db.read, campaignId);
  const rows = all.filter((row) => row.demonstration.createdAt <= until);
  const { config, seed } = of?.run ?? { config: {}, seed: 0 };
  return splitDemonstrations(rows, config, seed)[of?.split ?? "train"].map(demonstrationLine);
}

type Demonstration = Awaited<ReturnType<typeof acceptedDemonstrations>>[number];
const demonstrationLine = ({ prompt, demonstration: { text, simulated } }: Demonstration) =>
  line({ prompt, completion: text, simulated });

/** The demonstrations that set the zero of a reward run; null where what was ranked does, and in other runs. */
export async function referencesOfRun(
  db: Reader,
  run: Pick<RunRow, "kind" | "campaignId" | "startedAt" | "createdAt">,
): Promise<Demonstration[] | null> {
  if (run.kind !== "reward" || run.campaignId === null) return null;
  const until = run.startedAt ?? run.createdAt;
  const all = await acceptedDemonstrations(db, run.campaignId);
  return referencesAmong(all.filter(({ demonstration }) => demonstration.createdAt <= until));
}

async function promptLines(
  ctx: Services,
  campaignId: CampaignId,
  split: "train" | "heldout",
  until: Date,
): Promise<string[]> {
  const rows = await promptsOfSplit(ctx.db.read, campaignId, split);
  return rows
    .filter((row) => row.createdAt <= until)
    .map(({ text, label }) => line({ prompt: text, ...(label !== null && { label }) }));
}

const line = (row: object) => `${JSON.stringify(row)}\n`;
