"use client";

import { Trash2 } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { Select } from "@/app/ui/select";
import { TextArea } from "@/app/ui/text-area";
import { TextField } from "@/app/ui/text-field";
import type { Question } from "@/server/domain/asked";
import { ofKind } from "./asked-values";

interface QuestionEditorProps {
  number: number;
  question: Question;
  wrong: boolean;
  onChange: (question: Question) => void;
  onRemove: () => void;
}

const kinds = ["scale", "choice", "text"] as const;

/** One question of the campaign's own, as it is being written. */
export function QuestionEditor(props: QuestionEditorProps) {
  const { number, question, wrong, onChange, onRemove } = props;
  const t = useT();
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 border-t border-line pt-3">
      <legend className="sr-only">{t("asked.question", { number })}</legend>
      <TextField
        label={t("asked.question", { number })}
        value={question.text}
        maxLength={500}
        onChange={(event) => onChange({ ...question, text: event.target.value })}
        error={wrong ? t("asked.wrong") : undefined}
      />
      <div className="grid gap-3 sm:grid-cols-3">
        <Select
          label={t("asked.kind")}
          value={question.kind}
          onChange={(event) => {
            const kind = kinds.find((one) => one === event.target.value);
            if (kind) onChange(ofKind(question, kind));
          }}
          options={kinds.map((kind) => ({ value: kind, label: t(`asked.kind.${kind}`) }))}
        />
        <Select
          label={t("asked.about")}
          value={question.about}
          onChange={(event) =>
            onChange({ ...question, about: event.target.value === "task" ? "task" : "completion" })
          }
          options={[
            { value: "completion", label: t("asked.about.completion") },
            { value: "task", label: t("asked.about.task") },
          ]}
        />
        <TextField
          label={t("asked.id")}
          value={question.id}
          maxLength={40}
          spellCheck={false}
          onChange={(event) =>
            onChange({
              ...question,
              id: event.target.value.toLowerCase().replace(/[^a-z0-9-]/g, "-"),
            })
          }
        />
      </div>
      {question.kind === "scale" ? (
        <div className="grid gap-3 sm:grid-cols-3">
          <Select
            label={t("asked.steps")}
            value={String(question.steps)}
            onChange={(event) => onChange({ ...question, steps: Number(event.target.value) })}
            options={[2, 3, 4, 5, 6, 7, 8, 9].map((steps) => ({
              value: String(steps),
              label: String(steps),
            }))}
          />
          {(["low", "high"] as const).map((end) => (
            <TextField
              key={end}
              label={t(`asked.${end}`)}
              note={t("field.optional")}
              value={question[end]}
              maxLength={60}
              onChange={(event) => onChange({ ...question, [end]: event.target.value })}
            />
          ))}
        </div>
      ) : null}
      {question.kind === "choice" ? (
        <>
          <TextArea
            label={t("asked.options")}
            help={t("asked.options.help")}
            rows={3}
            value={question.options.join("\n")}
            onChange={(event) => onChange({ ...question, options: event.target.value.split("\n") })}
          />
          <Checkbox
            label={t("asked.several")}
            checked={question.several}
            onChange={(event) => onChange({ ...question, several: event.target.checked })}
          />
        </>
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Checkbox
          label={t("asked.required")}
          checked={question.required}
          onChange={(event) => onChange({ ...question, required: event.target.checked })}
        />
        <Button
          look="quiet"
          icon={<Trash2 aria-hidden className="size-4" />}
          aria-label={t("asked.removeOf", { number })}
          onClick={onRemove}
        >
          {t("asked.remove")}
        </Button>
      </div>
    </fieldset>
  );
}
