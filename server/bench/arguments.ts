import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { RankedExample } from "../ml/rlhf/data";
import { Random } from "../ml/runtime/random";

/** Of the file's 736 rankings, those that a run learns from: every so-manieth. */
export const ARGUMENTS_SHARE = 16;

const ALL = 736;

/** Rankings of 4 to 9 arguments by a crowd, where they stand beside the repository. */
const file = fileURLToPath(
  new URL("../../../shared/data/arguments/rankings.jsonl.gz", import.meta.url),
);

interface Row {
  readonly prompt: string;
  readonly completions: readonly { readonly id: string; readonly text: string }[];
  readonly ranking: readonly (readonly string[])[];
}

/** Those rankings, or as many of random words, as long and as many a ranking as the file's are. */
export function argumentRankings(): RankedExample[] {
  const rows = existsSync(file) ? readRows() : Array.from({ length: ALL }, (_, i) => randomRow(i));
  return rows
    .filter((_, i) => i % ARGUMENTS_SHARE === 0)
    .map(({ prompt, completions, ranking }) => ({
      prompt,
      completions: completions.map(({ text }) => text),
      groups: ranking.map((group) => group.map((id) => completions.findIndex((c) => c.id === id))),
    }));
}

function readRows(): Row[] {
  const lines = gunzipSync(readFileSync(file)).toString().trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Row);
}

const WORDS = ["water", "people", "school", "because", "should", "not", "the", "and", "is", "more"];

/** 6.4 completions of 20 to 160 words, in the mean as many as the file's. */
function randomRow(index: number): Row {
  const random = new Random(1).fork(`ranking ${index}`);
  const words = (count: number) =>
    Array.from({ length: count }, () => WORDS[random.below(WORDS.length)]).join(" ");
  const completions = Array.from({ length: 4 + random.below(6) }, (_, i) => {
    return { id: String(i), text: words(20 + random.below(140)) };
  });
  return { prompt: words(8), completions, ranking: completions.map(({ id }) => [id]) };
}
