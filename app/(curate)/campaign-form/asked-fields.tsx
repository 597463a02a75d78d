"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { RatingFields } from "@/app/(label)/label/rank/asked/rating-fields";
import { TaskQuestions } from "@/app/(label)/label/rank/asked/task-questions";
import { Tick } from "@/app/(label)/label/rank/asked/question-field";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { Section } from "@/app/ui/page-header";
import type { Asked, Question } from "@/server/domain/asked";
import { flags } from "@/server/domain/asked-words";
import type { Ratings } from "@/server/domain/ratings-schema";
import { nothingSaid } from "@/server/domain/unsaid";
import { incomplete, newQuestion, tidied } from "./asked-values";
import { QuestionEditor } from "./question-editor";

interface AskedFieldsProps {
  asked: Asked;
  onChange: (asked: Asked) => void;
  /** Mark what is not complete. */
  marked: boolean;
  /** Opened already: what is asked stays. */
  fixed?: boolean;
}

/** What labelers are asked of completions besides their order, with the fields as labelers see them. */
export function AskedFields({ asked, onChange, marked, fixed }: AskedFieldsProps) {
  const t = useT();
  const wrong = incomplete(asked);
  const setQuestions = (questions: Question[]) => onChange({ ...asked, questions });
  const any = asked.quality || asked.flags.length > 0 || asked.questions.length > 0;
  return (
    <Section title={t("asked.title")} state={fixed ? t("form.fixed") : t("asked.help")}>
      <div className="flex flex-col gap-6">
        <fieldset disabled={fixed} className="flex min-w-0 flex-col gap-6">
          <Checkbox
            label={t("asked.quality")}
            help={t("asked.quality.help")}
            checked={asked.quality}
            onChange={(event) => onChange({ ...asked, quality: event.target.checked })}
          />
          <fieldset className="min-w-0">
            <legend className="text-sm font-semibold">{t("asked.flags")}</legend>
            <p className="text-sm text-muted">{t("asked.flags.help")}</p>
            <div className="mt-1 grid gap-x-6 sm:grid-cols-2">
              {flags.map((flag) => (
                <Tick
                  key={flag}
                  label={t(`flag.${flag}`)}
                  checked={asked.flags.includes(flag)}
                  onChange={(on) =>
                    onChange({
                      ...asked,
                      flags: flags.filter((one) => (one === flag ? on : asked.flags.includes(one))),
                    })
                  }
                />
              ))}
            </div>
            <div className="-mx-3 flex flex-wrap">
              <Button look="quiet" onClick={() => onChange({ ...asked, flags: [...flags] })}>
                {t("asked.flags.all")}
              </Button>
              <Button look="quiet" onClick={() => onChange({ ...asked, flags: [] })}>
                {t("asked.flags.none")}
              </Button>
            </div>
          </fieldset>
          {asked.questions.map((question, index) => (
            <QuestionEditor
              // oxlint-disable-next-line react/no-array-index-key -- a question's own name is being written
              key={index}
              number={index + 1}
              question={question}
              wrong={marked && wrong.has(index)}
              onChange={(changed) => setQuestions(asked.questions.with(index, changed))}
              onRemove={() => setQuestions(asked.questions.toSpliced(index, 1))}
            />
          ))}
          <div>
            <Button
              icon={<Plus aria-hidden className="size-4" />}
              onClick={() => setQuestions([...asked.questions, newQuestion(asked.questions)])}
            >
              {t("asked.add")}
            </Button>
          </div>
        </fieldset>
        {any ? <AskedPreview asked={tidied(asked)} /> : null}
      </div>
    </Section>
  );
}

/** To be tried out; nothing is kept. */
function AskedPreview({ asked }: { asked: Asked }) {
  const t = useT();
  const [ratings, setRatings] = useState<Ratings>(nothingSaid);
  return (
    <section aria-label={t("asked.preview")} className="border-l-4 border-line pl-4">
      <p className="mb-3 text-sm text-muted">{t("asked.preview")}</p>
      <RatingFields
        asked={asked}
        letter="A"
        rating={ratings.each.A}
        notRankable={false}
        onChange={(change) =>
          setRatings((before) => ({
            ...before,
            each: { ...before.each, A: { ...before.each.A, ...change } },
          }))
        }
      />
      <div className="flex flex-col gap-3">
        <TaskQuestions
          asked={asked}
          answers={ratings.answers}
          onChange={(answers) => setRatings((before) => ({ ...before, answers }))}
        />
      </div>
    </section>
  );
}
