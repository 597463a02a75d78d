import { z } from "zod";
import { type Asked, type Question, qualitySteps, zFlag, zUnjudgeableReason } from "./asked";
import { AppError } from "./app-error";
import type { CompletionId } from "./ids";
import { type Letter, letters, zLetter } from "./ranking";

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
export const nothingSaid: Ratings = { each: {}, answers: {} };

/** The same, as it is kept: by completion instead of letter. */
export interface KeptRatings {
  each: Record<CompletionId, Rating>;
  answers: Answers;
}

/** What is still to be said, and of which completion; null is the task as a whole. */
export interface Unsaid {
  letter: Letter | null;
  what: "quality" | "reason" | { question: string };
}

const isEmpty = (answer: Answer | undefined): boolean =>
  answer === undefined ||
  (typeof answer === "string" && answer.trim() === "") ||
  (Array.isArray(answer) && answer.length === 0);

/** Every required answer that is missing, in the order in which a page shows them. */
export function unsaid(
  asked: Asked,
  shown: readonly Letter[],
  notRankable: readonly Letter[],
  { each, answers }: Ratings,
): Unsaid[] {
  const wanted = (about: Question["about"], given: Answers | undefined, letter: Letter | null) =>
    asked.questions
      .filter((question) => question.about === about && question.required)
      .filter(({ id }) => isEmpty(given?.[id]))
      .map(({ id }): Unsaid => ({ letter, what: { question: id } }));
  const ofEach = shown.flatMap((letter): Unsaid[] => {
    const rating = each[letter];
    // of what cannot be judged nothing is asked but why
    if (notRankable.includes(letter)) return rating?.reason ? [] : [{ letter, what: "reason" }];
    return [
      ...(asked.quality && rating?.quality === undefined
        ? [{ letter, what: "quality" } as const]
        : []),
      ...wanted("completion", rating?.answers, letter),
    ];
  });
  return [...ofEach, ...wanted("task", answers, null)];
}

const fits = (question: Question, answer: Answer): boolean => {
  switch (question.kind) {
    case "scale":
      return typeof answer === "number" && answer <= question.steps;
    case "choice":
      return question.several
        ? Array.isArray(answer) && answer.every((one) => question.options.includes(one))
        : typeof answer === "string" && question.options.includes(answer);
    case "text":
      return typeof answer === "string";
  }
};

function checkAnswers(asked: Asked, about: Question["about"], answers: Answers = {}): void {
  for (const [id, answer] of Object.entries(answers)) {
    const question = asked.questions.find((one) => one.id === id && one.about === about);
    if (!question)
      throw new AppError(
        "bad-input",
        `The campaign asks no question "${id}" of a ${about}: reload the page to see what it asks.`,
      );
    if (!isEmpty(answer) && !fits(question, answer))
      throw new AppError(
        "bad-input",
        `The answer to "${question.text}" is none of those that it has: choose one of them.`,
      );
  }
}

/**
 * Holds what is said against what the campaign asks.
 * @throws AppError bad-input naming the answer that is unknown, unfit or missing
 */
export function checkRatings(
  asked: Asked,
  shown: readonly Letter[],
  notRankable: readonly Letter[],
  ratings: Ratings,
): void {
  for (const [letter, rating] of Object.entries(ratings.each)) {
    if (!shown.some((one) => one === letter))
      throw new AppError("bad-input", `The task has no completion ${letter} to say anything of.`);
    if (rating.quality !== undefined && !asked.quality)
      throw new AppError("bad-input", "The campaign does not ask for quality: leave it out.");
    const flag = rating.flags?.find((one) => !asked.flags.includes(one));
    if (flag) throw new AppError("bad-input", `The campaign does not ask for the flag ${flag}.`);
    checkAnswers(asked, "completion", rating.answers);
  }
  checkAnswers(asked, "task", ratings.answers);
  // why something cannot be judged is asked by the page; an older one did not
  const missing = unsaid(asked, shown, notRankable, ratings).find(({ what }) => what !== "reason");
  if (!missing) return;
  const { letter, what } = missing;
  const name =
    typeof what === "object"
      ? `the answer to "${asked.questions.find(({ id }) => id === what.question)?.text}"`
      : `the ${what}`;
  throw new AppError("bad-input", `The ranking lacks ${name}${letter ? ` of ${letter}` : ""}.`);
}

/**
 * What is worth keeping, by completion: no empty answers, of what cannot be judged no more than why, and
 * no such reason where it was judged after all. Null when nothing is said.
 */
export function kept(
  shownOrder: readonly CompletionId[],
  notRankable: readonly Letter[],
  ratings: Ratings,
): KeptRatings | null {
  const trimmed = (answers: Answers = {}): Answers =>
    Object.fromEntries(
      Object.entries(answers)
        .filter(([, answer]) => !isEmpty(answer))
        .map(([id, answer]) => [id, typeof answer === "string" ? answer.trim() : answer]),
    );
  const each: KeptRatings["each"] = {};
  for (const [index, id] of shownOrder.entries()) {
    const rating = ratings.each[letters[index]];
    if (!rating) continue;
    const { reason, ...judged } = rating;
    const { seconds } = rating;
    const unjudged: Rating = {
      ...(reason && { reason }),
      ...(seconds !== undefined && { seconds }),
    };
    const said = notRankable.includes(letters[index]) ? unjudged : judged;
    const { flags = [], answers, ...rest }: Rating = said;
    const given = trimmed(answers);
    const row: Rating = {
      ...rest,
      ...(flags.length > 0 && { flags }),
      ...(Object.keys(given).length > 0 && { answers: given }),
    };
    if (Object.keys(row).length > 0) each[id] = row;
  }
  const answers = trimmed(ratings.answers);
  const empty = Object.keys(each).length === 0 && Object.keys(answers).length === 0;
  return empty ? null : { each, answers };
}
