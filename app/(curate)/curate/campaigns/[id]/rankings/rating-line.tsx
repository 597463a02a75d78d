"use client";

import { useT } from "@/app/lib/i18n/client";
import type { Asked } from "@/server/domain/asked";
import type { Answers, Rating } from "@/server/domain/ratings-schema";

const inWords = (answers: Answers, asked: Asked | undefined): string[] =>
  Object.entries(answers).map(([id, answer]) => {
    const question = asked?.questions.find((one) => one.id === id)?.text ?? id;
    return `${question} ${Array.isArray(answer) ? answer.join(", ") : answer}`;
  });

/** What a labeler said of one completion besides its place, on one line. */
export function RatingLine({ rating, asked }: { rating?: Rating; asked?: Asked }) {
  const t = useT();
  if (!rating) return null;
  const { quality, flags = [], reason, answers = {}, seconds } = rating;
  const parts = [
    ...(reason ? [t(`rating.reason.${reason}`)] : []),
    ...(quality === undefined ? [] : [t("rating.shown", { quality })]),
    ...flags.map((flag) => t(`flag.${flag}`)),
    ...inWords(answers, asked),
    ...(seconds === undefined ? [] : [t("rating.seconds", { seconds: Math.round(seconds) })]),
  ];
  return parts.length > 0 ? <p className="text-sm text-muted">{parts.join(" · ")}</p> : null;
}

/** What they said of the task as a whole. */
export function AnswerLines({ answers, asked }: { answers?: Answers; asked?: Asked }) {
  return inWords(answers ?? {}, asked).map((line) => (
    <p key={line} className="mt-2 text-sm">
      {line}
    </p>
  ));
}
