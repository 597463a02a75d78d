"use client";

import { Trash2 } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import { Tick } from "@/app/(label)/label/rank/asked/question-field";
import { Button } from "@/app/ui/button";
import { TextArea } from "@/app/ui/text-area";
import { TextField } from "@/app/ui/text-field";
import type { ScreeningQuestion } from "@/server/domain/entry";

interface ScreeningEditorProps {
  number: number;
  question: ScreeningQuestion;
  onChange: (question: ScreeningQuestion) => void;
  onRemove: () => void;
}

/** A question, its answers, and which of them let in. */
export function ScreeningEditor({ number, question, onChange, onRemove }: ScreeningEditorProps) {
  const t = useT();
  const { text, options, accepted } = question;
  const offered = [...new Set(options.map((one) => one.trim()).filter(Boolean))];
  return (
    <fieldset className="flex min-w-0 flex-col gap-4 border-l-4 border-line pl-4">
      <legend className="float-left w-full text-sm font-semibold">
        {t("entry.question", { number })}
      </legend>
      <TextField
        label={t("entry.question.text")}
        value={text}
        maxLength={500}
        onChange={(event) => onChange({ ...question, text: event.target.value })}
      />
      <TextArea
        label={t("entry.question.options")}
        value={options.join("\n")}
        rows={3}
        onChange={(event) => onChange({ ...question, options: event.target.value.split("\n") })}
      />
      {offered.length > 0 && (
        <fieldset className="min-w-0">
          <legend className="text-sm font-semibold">{t("entry.question.accepted")}</legend>
          {offered.map((option) => (
            <Tick
              key={option}
              label={option}
              checked={accepted.includes(option)}
              onChange={(on) =>
                onChange({
                  ...question,
                  accepted: offered.filter((one) => (one === option ? on : accepted.includes(one))),
                })
              }
            />
          ))}
        </fieldset>
      )}
      <div>
        <Button
          look="quiet"
          icon={<Trash2 aria-hidden className="size-4" />}
          onClick={onRemove}
          className="-ml-3"
        >
          {t("entry.question.remove", { number })}
        </Button>
      </div>
    </fieldset>
  );
}
