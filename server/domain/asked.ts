import { z } from "zod";
import { flags, unjudgeableReasons } from "./asked-words";

export const zFlag = z.enum(flags);
export const zUnjudgeableReason = z.enum(unjudgeableReasons);

const questionBase = {
  /** Names the answers in drafts, rankings and exports. */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  text: z.string().trim().min(1).max(500),
  /** Asked once a task, or of each of its completions. */
  about: z.enum(["task", "completion"]),
  required: z.boolean(),
};
const zOption = z.string().trim().min(1).max(120);

/** A question of a campaign's own. */
export const zQuestion = z.discriminatedUnion("kind", [
  z.object({
    ...questionBase,
    kind: z.literal("scale"),
    /** Answered by 1 to so many. */
    steps: z.number().int().min(2).max(9),
    /** What 1 and the last stand for. */
    low: z.string().trim().max(60),
    high: z.string().trim().max(60),
  }),
  z.object({
    ...questionBase,
    kind: z.literal("choice"),
    options: z
      .array(zOption)
      .min(2)
      .max(12)
      .refine((all) => new Set(all).size === all.length, "No option may be there twice."),
    several: z.boolean(),
  }),
  z.object({ ...questionBase, kind: z.literal("text") }),
]);
export type Question = z.infer<typeof zQuestion>;

/** What a campaign asks its labelers besides the order. */
export const zAsked = z.object({
  quality: z.boolean(),
  flags: z
    .array(zFlag)
    .transform((chosen) => flags.filter((flag) => chosen.includes(flag)))
    .default([]),
  questions: z
    .array(zQuestion)
    .max(20)
    .refine(
      (all) => new Set(all.map(({ id }) => id)).size === all.length,
      "No two questions may have the same id.",
    ),
});
export type Asked = z.infer<typeof zAsked>;

export const nothingAsked: Asked = { quality: false, flags: [], questions: [] };
