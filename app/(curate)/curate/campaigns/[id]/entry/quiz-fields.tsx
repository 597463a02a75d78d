"use client";

import { useT } from "@/app/lib/i18n/client";
import { Checkbox } from "@/app/ui/checkbox";
import { NumberField } from "@/app/ui/number-field";
import { type QuizOptions, usualQuiz } from "@/server/domain/entry";

interface QuizFieldsProps {
  quiz: QuizOptions | null;
  /** Gold tasks in use. */
  gold: number;
  onChange: (quiz: QuizOptions | null) => void;
}

export function QuizFields({ quiz, gold, onChange }: QuizFieldsProps) {
  const t = useT();
  // an unreadable number is one that the rules refuse
  const number = (value: number | null) => value ?? 0;
  return (
    <div className="flex flex-col gap-4">
      <Checkbox
        label={t("entry.quiz.on")}
        help={gold === 0 ? t("entry.quiz.noGold") : undefined}
        disabled={gold === 0 && quiz === null}
        checked={quiz !== null}
        onChange={(event) =>
          onChange(
            event.target.checked ? { ...usualQuiz, items: Math.min(usualQuiz.items, gold) } : null,
          )
        }
      />
      {quiz && (
        <div className="flex flex-wrap items-start gap-4">
          <NumberField
            label={t("entry.quiz.items")}
            value={quiz.items}
            onChange={(items) => onChange({ ...quiz, items: number(items) })}
          />
          <NumberField
            label={t("entry.quiz.pass")}
            help={t("entry.quiz.pass.help")}
            unit="%"
            value={Math.round(quiz.passMark * 1000) / 10}
            onChange={(share) => onChange({ ...quiz, passMark: number(share) / 100 })}
          />
          <NumberField
            label={t("entry.quiz.attempts")}
            value={quiz.attempts}
            onChange={(attempts) => onChange({ ...quiz, attempts: number(attempts) })}
          />
        </div>
      )}
    </div>
  );
}
