"use client";

import { useT } from "@/app/lib/i18n/client";
import { TextArea } from "@/app/ui/text-area";
import type { Question } from "@/server/domain/asked";
import type { Answer } from "@/server/domain/ratings-schema";
import { DigitChoice, numbersTo } from "./digit-choice";

interface QuestionFieldProps {
  id: string;
  question: Question;
  answer: Answer | undefined;
  onAnswer: (answer: Answer) => void;
}

/** A campaign's own question, in the form of its kind. */
export function QuestionField({ id, question, answer, onAnswer }: QuestionFieldProps) {
  const t = useT();
  const note = question.required ? undefined : t("field.optional");
  const legend = (
    <>
      {question.text}
      {note ? <span className="font-normal text-muted"> ({note})</span> : null}
    </>
  );
  switch (question.kind) {
    case "scale":
      return (
        <DigitChoice
          id={id}
          legend={legend}
          options={numbersTo(question.steps)}
          ends={[question.low, question.high]}
          value={typeof answer === "number" ? answer : undefined}
          onChange={onAnswer}
        />
      );
    case "choice": {
      if (!question.several)
        return (
          <DigitChoice
            id={id}
            legend={legend}
            options={question.options}
            value={question.options.findIndex((option) => option === answer) + 1 || undefined}
            onChange={(place) => onAnswer(question.options[place - 1])}
          />
        );
      const chosen = Array.isArray(answer) ? answer : [];
      return (
        <fieldset id={id} className="min-w-0">
          <legend className="mb-1 text-sm font-semibold">{legend}</legend>
          {question.options.map((option) => (
            <Tick
              key={option}
              label={option}
              checked={chosen.includes(option)}
              onChange={(on) =>
                onAnswer(on ? [...chosen, option] : chosen.filter((other) => other !== option))
              }
            />
          ))}
        </fieldset>
      );
    }
    case "text":
      return (
        <div id={id}>
          <TextArea
            label={question.text}
            note={note}
            rows={2}
            maxLength={4000}
            value={typeof answer === "string" ? answer : ""}
            onChange={(event) => onAnswer(event.target.value)}
          />
        </div>
      );
  }
}

/** One of several that may hold; the whole line can be pressed. */
export function Tick(props: { label: string; checked: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="flex min-h-8 items-center gap-2 text-sm pointer-coarse:min-h-11">
      <input
        type="checkbox"
        className="size-4 shrink-0 pointer-coarse:size-5"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      {props.label}
    </label>
  );
}
