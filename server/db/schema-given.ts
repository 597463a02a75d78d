import type * as Ids from "../domain/ids";
import { integer, primaryKey, ref, table, text } from "./kit";
import { completion, prompt } from "./schema";

/** An answer that came with its prompt from a file: two of a prompt can be compared without any model. */
export const givenAnswer = table(
  "given_answer",
  {
    promptId: ref<Ids.PromptId>(() => prompt.id),
    /** 0 or 1, as the file has them; labelers see them in an order drawn for each. */
    place: integer(),
    text: text(),
    /** What the file calls whoever gave it. Never leaves the server for a labeler. */
    origin: text(),
  },
  (t) => [primaryKey({ columns: [t.promptId, t.place] })],
);

/** Who gave a completion that is neither a model's of ours nor a demonstration. */
export const completionOrigin = table("completion_origin", {
  completionId: ref<Ids.CompletionId>(() => completion.id).primaryKey(),
  origin: text(),
});
