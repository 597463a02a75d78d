import { isBlank } from "./blank";
import type { Asked, Question } from "./asked";
import type { Letter } from "./ranking";
import type { Answer, Answers, Ratings } from "./ratings-schema";

export const nothingSaid: Ratings = { each: {}, answers: {} };

/** What is still to be said, and of which completion; null is the task as a whole. */
export interface Unsaid {
  letter: Letter | null;
  what: "quality" | "reason" | { question: string };
}

export const isEmpty = (answer: Answer | undefined): boolean =>
  answer === undefined ||
  (typeof answer === "string" && isBlank(answer)) ||
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
