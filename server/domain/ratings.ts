import { AppError } from "./app-error";
import type { Asked, Question } from "./asked";
import type { CompletionId } from "./ids";
import { type Letter, letters } from "./ranking";
import type { Answer, Answers, KeptRatings, Rating, Ratings } from "./ratings-schema";
import { isEmpty, unsaid } from "./unsaid";

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
