import { z } from "zod";
import type { LabeledRanking } from "./labeled";
import { type JsonObject, parseRow, type Where } from "./row";

/**
 * A ranking of the Conference on Machine Translation: translations of one segment, ranked 1 (best)
 * to 5 by a judge. Systems whose output was the same stand in one item.
 */
const zWmtRow = z.looseObject({
  lp: z.string(),
  seg: z.union([z.string(), z.number()]).transform(String),
  judge: z.string(),
  items: z.array(z.looseObject({ systems: z.array(z.string()).min(1), rank: z.number() })).min(1),
});

export function isWmtRow(object: JsonObject): boolean {
  return "items" in object && "judge" in object && "seg" in object;
}

export function wmtRow(object: JsonObject, where: Where): LabeledRanking {
  const { lp, seg, judge, items } = parseRow(zWmtRow, object, where);
  const ranks = [...new Set(items.map(({ rank }) => rank))].sort((a, b) => a - b);
  return {
    prompt: `${lp} ${seg}`,
    promptText: `${lp} ${seg}`,
    labeler: judge,
    completions: items.map(({ systems }) => {
      const id = systems.toSorted().join("+");
      return { id, key: id };
    }),
    groups: ranks.map((rank) => items.flatMap((item, i) => (item.rank === rank ? [i] : []))),
    rankingId: null,
    listed: true,
  };
}
