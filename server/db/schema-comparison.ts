import type * as Ids from "../domain/ids";
import { createdAt, index, integer, optional, ref, table } from "./kit";
import { completion, ranking, task } from "./schema";

/**
 * What a comparison says beyond the ranking of two that it is: where each answer stood, and how strong the
 * preference was. Append-only, written with its ranking.
 */
export const comparison = table(
  "comparison",
  {
    rankingId: ref<Ids.RankingId>(() => ranking.id).primaryKey(),
    taskId: ref<Ids.TaskId>(() => task.id),
    /** Drawn at random for this labeler. */
    leftId: ref<Ids.CompletionId>(() => completion.id),
    rightId: ref<Ids.CompletionId>(() => completion.id),
    /** Points of the scale that it was given on. */
    steps: integer(),
    /** −reach (left) to reach (right), 0 a tie; null: neither could be judged. */
    preference: optional.integer(),
    createdAt: createdAt(),
  },
  (t) => [index("comparison_task").on(t.taskId)],
);
