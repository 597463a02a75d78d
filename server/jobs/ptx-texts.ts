import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { linesOf, rowsOf } from "../domain/formats/lines";
import { sftRow } from "../domain/formats/sft";
import { textKey } from "../domain/formats/text";
import type { PtxTexts } from "../domain/reward-source";
import type { SftExample } from "../ml/rlhf/data";
import { bestRanked } from "../services/best-ranked";
import { dropInPath } from "../services/drop-ins";
import { demonstrationsOf } from "../services/run-record";
import { findSnapshot } from "../services/snapshots";
import type { Job } from "./define-job";

/** The texts that PPO-ptx keeps likely; none where the run has none. Nothing held out is among them. */
export async function ptxTexts(job: Job, from: PtxTexts | null): Promise<SftExample[]> {
  if (from === null) return [];
  if (from.kind === "demonstrations") {
    const all = await demonstrationsOf(job, from.campaignId);
    return all.filter(({ split }) => split === "train");
  }
  if (from.kind === "snapshot")
    return await bestRanked((await findSnapshot(job, from.snapshotId)).path);
  const file = dropInPath(job, "texts", from.file);
  const bytes = createReadStream(file);
  const plain = file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
  const texts: SftExample[] = [];
  for await (const { prompt, completion } of rowsOf(linesOf(plain, from.file), from.file, sftRow))
    texts.push({ prompt: textKey(prompt), completion: textKey(completion) });
  return texts;
}
