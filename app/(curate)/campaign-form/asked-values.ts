import { type Asked, type Question, zAsked } from "@/server/domain/asked";

/** A question to begin with, under a name that no other has. */
export function newQuestion(questions: readonly Question[]): Question {
  let number = questions.length + 1;
  while (questions.some(({ id }) => id === `question-${number}`)) number++;
  const id = `question-${number}`;
  return {
    id,
    text: "",
    about: "completion",
    required: true,
    kind: "scale",
    steps: 5,
    low: "",
    high: "",
  };
}

/** The same question in another form. */
export function ofKind(question: Question, kind: Question["kind"]): Question {
  const { id, text, about, required } = question;
  const base = { id, text, about, required };
  switch (kind) {
    case "scale":
      return { ...base, kind, steps: 5, low: "", high: "" };
    case "choice":
      return { ...base, kind, options: [], several: false };
    case "text":
      return { ...base, kind };
  }
}

/** Without the empty lines that stand between options while they are written. */
export const tidied = (asked: Asked): Asked => ({
  ...asked,
  questions: asked.questions.map((question) =>
    question.kind === "choice"
      ? { ...question, options: question.options.map((one) => one.trim()).filter(Boolean) }
      : question,
  ),
});

/** The questions that are not complete, by their place. */
export function incomplete(asked: Asked): ReadonlySet<number> {
  const parsed = zAsked.safeParse(tidied(asked));
  if (parsed.success) return new Set();
  const places = parsed.error.issues.map(({ path }) => path[1]);
  // two of one id is said of the list: the later one is to be renamed
  const twice = asked.questions.findLastIndex(({ id }, at) =>
    asked.questions.slice(0, at).some((other) => other.id === id),
  );
  return new Set([
    ...places.filter((place) => typeof place === "number"),
    ...(twice > 0 ? [twice] : []),
  ]);
}
