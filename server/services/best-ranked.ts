import { rankedRow } from "../domain/formats/ranked";
import { textKey } from "../domain/formats/text";
import { readSnapshotFile } from "./snapshots-file";

/** The answers that people ranked best, of a snapshot's training part, each once. @param file of the snapshot */
export async function bestRanked(file: string) {
  const found = new Map<string, { prompt: string; completion: string }>();
  let line = 0;
  for await (const row of readSnapshotFile(file)) {
    line++;
    const { prompt, completions, groups } = rankedRow(row, { file, line });
    if (row.split === "heldout" || groups.length < 2) continue;
    for (const best of groups[0]) {
      const one = { prompt: textKey(prompt), completion: textKey(completions[best].text) };
      found.set(JSON.stringify(one), one);
    }
  }
  return [...found.values()];
}
