import { type PtxTexts, zPtxTexts } from "@/server/domain/reward-source";

// Not of the client alone: the page fills the form in on the server.

/** A source of texts as one word of a list; "" for none. */
export function keyOfPtx(ptx: PtxTexts | null): string {
  if (ptx === null) return "";
  if (ptx.kind === "file") return `file ${ptx.file}`;
  return ptx.kind === "snapshot"
    ? `snapshot ${ptx.snapshotId}`
    : `demonstrations ${ptx.campaignId}`;
}

/** The other way round. */
export function ptxOfKey(key: string): PtxTexts | null {
  const [kind, ...rest] = key.split(" ");
  const what = rest.join(" ");
  const given = { kind, campaignId: what, snapshotId: what, file: what };
  return zPtxTexts.safeParse(given).data ?? null;
}
