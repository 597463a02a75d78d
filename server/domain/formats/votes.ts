import { z } from "zod";
import type { LabeledRanking } from "./labeled";
import { badRow, type JsonObject, parseRow, type Where } from "./row";

const zItem = z.looseObject({ id: z.string(), text: z.string() });

/** Two texts on one topic, and the vote of each worker of a crowd (UKPConvArg1). */
const zVotesRow = z.looseObject({
  topic: z.string(),
  a1: zItem,
  a2: zItem,
  votes: z.array(z.looseObject({ worker: z.string(), value: z.enum(["a1", "a2", "equal"]) })),
});

export function isVotesRow(object: JsonObject): boolean {
  return "votes" in object && "a1" in object && "a2" in object;
}

const GROUPS = { a1: [[0], [1]], a2: [[1], [0]], equal: [[0, 1]] } as const;

/** One ranking of two a worker. */
export function votesRow(object: JsonObject, where: Where): LabeledRanking[] {
  const { topic, a1, a2, votes } = parseRow(zVotesRow, object, where);
  if (a1.id === a2.id) {
    throw badRow(where, `"a1" and "a2" are both "${a1.id}"`, "compare two different texts");
  }
  const completions = [a1, a2].map(({ id }) => ({ id, key: `id ${id}` }));
  return votes.map(({ worker, value }) => {
    return {
      prompt: topic,
      promptText: topic,
      labeler: worker,
      completions,
      groups: GROUPS[value],
      rankingId: null,
      listed: false,
    };
  });
}
