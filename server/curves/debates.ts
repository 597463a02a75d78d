import path from "node:path";
import { readRankings } from "../cli/data";
import { readRows } from "../cli/files";
import type { ChatRenderer } from "../cli/render";
import { AppError } from "../domain/app-error";
import type { RankedExample } from "../ml/rlhf/data";

/** Rankings of arguments with the debate that they are part of. */
export interface DebateRanking {
  readonly debate: string;
  readonly example: RankedExample;
}

export const FOLDS = 5;

/** @param file K-wise rows with `topic`, whose part before the first "_" names the debate: both sides share words */
export async function readDebates(file: string, tokenizer: ChatRenderer): Promise<DebateRanking[]> {
  const { examples } = await readRankings(file, tokenizer, { warn: () => {} });
  const topics = await readRows(file, ({ topic }, { line }) => {
    if (typeof topic === "string") return topic;
    throw new AppError(
      "bad-input",
      `${path.basename(file)}, line ${line}: it has no "topic", by which rankings are split into debates`,
    );
  });
  return examples.map((example, i) => ({ example, debate: topics[i].split("_")[0] }));
}

/** Debates sorted by name, the index modulo 5 is a debate's fold. */
export function foldsOf(rankings: readonly DebateRanking[]): Map<string, number> {
  const debates = [...new Set(rankings.map(({ debate }) => debate))].toSorted();
  return new Map(debates.map((debate, i) => [debate, i % FOLDS]));
}
