import { z } from "zod";
import { zFlag, zUnjudgeableReason } from "./asked";
import { qualitySteps } from "./asked-words";
import type { CompletionId } from "./ids";
import { zLetter } from "./ranking";

/** A step of a scale, a choice (a list of them where several may be made), or words. */
const zAnswer = z.union([
  z.number().int().min(1).max(9),
  z.string().max(4000),
  z.array(z.string().max(120)).max(12),
]);
export type Answer = z.infer<typeof zAnswer>;
const zAnswers = z.record(z.string().max(40), zAnswer);
export type Answers = z.infer<typeof zAnswers>;

/** What is said of one completion besides its place. */
export const zRating = z.object({
  quality: z.number().int().min(1).max(qualitySteps).optional(),
  flags: z.array(zFlag).max(zFlag.options.length).optional(),
  /** Why it cannot be judged. */
  reason: zUnjudgeableReason.optional(),
  answers: zAnswers.optional(),
  /** How long it was in view while somebody was there, seconds; shared with what was in view beside it. */
  seconds: z.number().min(0).max(86_400).optional(),
});
export type Rating = z.infer<typeof zRating>;

/** What is said besides the order: of each completion, and of the task. */
export const zRatings = z.object({
  each: z.partialRecord(zLetter, zRating),
  answers: zAnswers,
});
export type Ratings = z.infer<typeof zRatings>;
/** The same, as it is kept: by completion instead of letter. */
export interface KeptRatings {
  each: Record<CompletionId, Rating>;
  answers: Answers;
}
