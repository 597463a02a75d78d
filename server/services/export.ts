import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { z } from "zod";
import { AppError } from "../domain/app-error";
import { pairsOf } from "../domain/formats/pairs";
import { type SnapshotId, zSnapshotId } from "../domain/ids";
import { type Actor, requireRole, requireSomewhere, type Services } from "./context";
import { inPieces, readSnapshotFile } from "./snapshots-file";
import { findSnapshot, getSnapshot } from "./snapshots";

export const exportFormats = ["kwise", "pairs"] as const;

export const zExport = z.object({
  snapshotId: zSnapshotId,
  /** kwise: a row per ranking; pairs: a TRL preference row for every two completions it orders. */
  format: z.enum(exportFormats).default("kwise"),
  split: z.enum(["all", "train", "heldout"]).default("all"),
  gzip: z.boolean().default(true),
  /** A snapshot made for training may hold rankings by programs; they are left out here again. */
  includeSimulated: z.boolean().default(false),
});

/**
 * A snapshot as a file to download, streamed from the disk row by row at constant memory.
 * @throws AppError not-found
 */
export async function exportSnapshot(ctx: Services, actor: Actor, input: z.input<typeof zExport>) {
  requireSomewhere(actor, "researcher");
  const wanted = zExport.parse(input);
  const snapshot = await findSnapshot(ctx, wanted.snapshotId);
  requireRole(actor, "researcher", snapshot.campaignId);
  const lines = Readable.from(inPieces(exportLines(snapshot.path, wanted)));
  const parts = [slug(snapshot.campaignName), snapshot.hash.slice(0, 8), wanted.format];
  if (wanted.split !== "all") parts.push(wanted.split);
  return {
    fileName: `${parts.join("-")}.jsonl${wanted.gzip ? ".gz" : ""}`,
    contentType: wanted.gzip ? "application/gzip" : "application/jsonl; charset=utf-8",
    stream: wanted.gzip ? compressed(lines) : lines,
  };
}

/** Unlike `pipe`, a failure of the rows reaches the reader, and a reader who leaves stops the rows. */
function compressed(lines: Readable): Readable {
  return pipeline(lines, createGzip(), () => {});
}

/** The dataset card of a snapshot as a file. @throws AppError not-found */
export async function exportCard(ctx: Services, actor: Actor, snapshotId: SnapshotId) {
  const { card, campaignName, hash } = await getSnapshot(ctx, actor, { id: snapshotId });
  if (card === null)
    throw new AppError("not-found", "The card of this snapshot is gone; make the snapshot again.");
  return {
    fileName: `${slug(campaignName)}-${hash.slice(0, 8)}.md`,
    contentType: "text/markdown; charset=utf-8",
    stream: Readable.from([Buffer.from(card, "utf8")]),
  };
}

type Wanted = Omit<z.infer<typeof zExport>, "snapshotId" | "gzip">;

/** The lines of an export, in the snapshot's order. Each pair tells its ranking, split and origin. */
export async function* exportLines(path: string, wanted: Wanted): AsyncGenerator<string> {
  for await (const row of readSnapshotFile(path)) {
    if (row.simulated === true && !wanted.includeSimulated) continue;
    if (wanted.split !== "all" && row.split !== wanted.split) continue;
    if (wanted.format === "kwise") {
      yield `${JSON.stringify(row)}\n`;
      continue;
    }
    const { split, simulated, labeler, prompt_id } = row;
    const pairs = pairsOf({ ...row, id: row.id ?? "", groups: row.ranking });
    for (const pair of pairs)
      yield `${JSON.stringify({ ...pair, prompt_id, labeler, simulated, split })}\n`;
  }
}

/** A name that every file system takes; a name in another script stays readable in the site. */
function slug(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
  return plain === "" ? "rankings" : plain.slice(0, 40);
}
