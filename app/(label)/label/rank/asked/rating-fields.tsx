"use client";

import { useT } from "@/app/lib/i18n/client";
import type { Asked } from "@/server/domain/asked";
import { qualitySteps, unjudgeableReasons } from "@/server/domain/asked-words";
import type { Letter } from "@/server/domain/ranking";
import type { Rating } from "@/server/domain/ratings-schema";
import { DigitChoice, numbersTo } from "./digit-choice";
import { QuestionField, Tick } from "./question-field";

/** The ids by which a completion's fields are found. */
export const fieldId = (letter: Letter | null, what: string): string =>
  `said-${letter ?? "task"}-${what}`;

interface RatingFieldsProps {
  asked: Asked;
  letter: Letter;
  rating: Rating | undefined;
  notRankable: boolean;
  onChange: (change: Partial<Rating>) => void;
  /** Something was chosen by a digit: on to what is next. */
  onPicked?: (what: "quality" | "reason") => void;
}

/** More flags than these stay folded until they are needed. */
const flagsInSight = 4;

/** What is asked of one completion besides its place; of one that cannot be judged, only why. */
export function RatingFields(props: RatingFieldsProps) {
  const { asked, letter, rating, notRankable, onChange, onPicked } = props;
  const t = useT();
  if (notRankable) {
    const at = unjudgeableReasons.findIndex((reason) => reason === rating?.reason);
    return (
      <div className="pb-3">
        <DigitChoice
          id={fieldId(letter, "reason")}
          legend={t("rating.reason", { letter })}
          options={unjudgeableReasons.map((reason) => t(`rating.reason.${reason}`))}
          value={at + 1 || undefined}
          onChange={(place) => onChange({ reason: unjudgeableReasons[place - 1] })}
          onPicked={() => onPicked?.("reason")}
        />
      </div>
    );
  }
  const questions = asked.questions.filter(({ about }) => about === "completion");
  if (!asked.quality && asked.flags.length === 0 && questions.length === 0) return null;
  const raised = rating?.flags ?? [];
  return (
    <div className="flex flex-col gap-3 pb-3">
      {asked.quality ? (
        <DigitChoice
          id={fieldId(letter, "quality")}
          legend={t("rating.quality", { letter })}
          options={numbersTo(qualitySteps)}
          ends={[t("rating.quality.low"), t("rating.quality.high")]}
          value={rating?.quality}
          onChange={(quality) => onChange({ quality })}
          onPicked={() => onPicked?.("quality")}
        />
      ) : null}
      {asked.flags.length > 0 ? (
        <details id={fieldId(letter, "flags")} open={asked.flags.length <= flagsInSight}>
          <summary className="flex min-h-8 w-fit items-center gap-2 rounded-base text-sm pointer-coarse:min-h-11">
            <span aria-hidden className="text-muted">
              ▸
            </span>
            <span className="font-semibold">{t("rating.flags", { letter })}</span>
            <span className={raised.length > 0 ? "text-danger" : "text-muted"}>
              {t("rating.flags.count", { count: raised.length })}
            </span>
          </summary>
          <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,14rem),1fr))] gap-x-4">
            {asked.flags.map((flag) => (
              <Tick
                key={flag}
                label={t(`flag.${flag}`)}
                checked={raised.includes(flag)}
                onChange={(on) =>
                  onChange({
                    flags: asked.flags.filter((one) => (one === flag ? on : raised.includes(one))),
                  })
                }
              />
            ))}
          </div>
        </details>
      ) : null}
      {questions.map((question) => (
        <QuestionField
          key={question.id}
          id={fieldId(letter, question.id)}
          question={question}
          answer={rating?.answers?.[question.id]}
          onAnswer={(answer) =>
            onChange({ answers: { ...rating?.answers, [question.id]: answer } })
          }
        />
      ))}
    </div>
  );
}
