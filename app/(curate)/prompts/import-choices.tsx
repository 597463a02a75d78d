"use client";

import { useT } from "@/app/lib/i18n/client";
import { Select } from "@/app/ui/select";
import { TextField } from "@/app/ui/text-field";
import {
  choiceFor,
  type ImportChoices,
  type ImportCounts,
  nearLevels,
  type PersonalChoice,
} from "@/server/domain/prompts/import";
import { personalKinds } from "@/server/domain/prompts/personal-kinds";

interface ImportChoicesFormProps {
  counts: ImportCounts;
  value: ImportChoices;
  onChange: (value: ImportChoices) => void;
}

const choices: readonly PersonalChoice[] = ["mask", "leave-out", "keep"];

/** What shall become of each kind of finding; only what was found is asked. */
export function ImportChoicesForm({ counts, value, onChange }: ImportChoicesFormProps) {
  const t = useT();
  const found = personalKinds.filter((kind) => counts.kinds[kind]);
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      {counts.near[0] > 0 && (
        <Select
          label={t("import.near")}
          help={t("import.near.help")}
          value={value.leaveOutNear ?? ""}
          onChange={(event) =>
            onChange({
              ...value,
              leaveOutNear: event.target.value === "" ? null : Number(event.target.value),
            })
          }
          options={[
            { value: "", label: t("import.near.keep") },
            ...nearLevels.flatMap((level, i) =>
              counts.near[i] > 0
                ? [
                    {
                      value: String(level),
                      label: t("import.near.leaveOut", {
                        percent: Math.round(level * 100),
                        count: counts.near[i],
                      }),
                    },
                  ]
                : [],
            ),
          ]}
        />
      )}
      {found.map((kind) => (
        <Select
          key={kind}
          label={t("import.personal", {
            kind: t(`import.personal.${kind}`),
            count: counts.kinds[kind] ?? 0,
          })}
          value={choiceFor(value, kind)}
          onChange={(event) =>
            onChange({
              ...value,
              personal: { ...value.personal, [kind]: event.target.value as PersonalChoice },
            })
          }
          options={choices.map((choice) => ({
            value: choice,
            label: t(`import.choice.${choice}`),
          }))}
        />
      ))}
      <TextField
        label={t("import.language")}
        help={t("import.language.help")}
        value={value.language ?? ""}
        maxLength={20}
        onChange={(event) =>
          onChange({ ...value, language: event.target.value.trim() || undefined })
        }
        className="max-w-xs"
      />
    </div>
  );
}
