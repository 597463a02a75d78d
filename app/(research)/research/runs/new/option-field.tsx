"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import { NumberField } from "@/app/ui/number-field";
import { Select } from "@/app/ui/select";
import { TextField } from "@/app/ui/text-field";
import type { OptionValue, TrainingOption } from "@/server/domain/training-options";
import { meaningOf, sourceOf } from "../option-meanings";
import type { OptionProblem } from "./option-problems";

interface OptionFieldProps {
  option: TrainingOption;
  changed: boolean;
  value: OptionValue;
  /** Why the chosen preset has this value; English. */
  why?: string;
  problem?: OptionProblem;
  onChange: (value: OptionValue) => void;
}

/** One option: what it means, what it is by default and by whom, and what it shall be. */
export function OptionField({ option, changed, value, why, problem, onChange }: OptionFieldProps) {
  const locale = useLocale();
  const t = useT();
  const common = {
    label: <code>{option.name}</code>,
    help: (
      <>
        {meaningOf(option, locale)}{" "}
        <span className="block">
          {t("runs.defaultIs", { source: sourceOf(option.source, locale) })}
        </span>
        {changed ? (
          <span className="block text-accent">
            {why === undefined
              ? t("runs.changedFrom", { value: String(option.default) })
              : t("runs.presetSays", { source: sourceOf(why, locale) })}
          </span>
        ) : null}
      </>
    ),
    error: problem && t(problem.key, problem.values),
    className: cx("border-l-2 pl-3", changed ? "border-accent" : "border-transparent"),
  };
  if (option.type === "boolean" || option.type === "choice") {
    const choices = option.type === "boolean" ? ["true", "false"] : (option.choices ?? []);
    return (
      <Select
        {...common}
        value={String(value)}
        onChange={({ target }) =>
          onChange(option.type === "boolean" ? target.value === "true" : target.value)
        }
        options={choices.map((choice) => ({ value: choice, label: choice }))}
      />
    );
  }
  if (option.type === "text")
    return (
      <TextField
        {...common}
        spellCheck={false}
        autoComplete="off"
        placeholder={option.nullable ? "null" : String(option.default)}
        value={typeof value === "string" ? value : ""}
        onChange={({ target }) =>
          onChange(target.value === "" ? (option.nullable ? null : option.default) : target.value)
        }
      />
    );
  return (
    <NumberField
      {...common}
      value={typeof value === "number" ? value : null}
      placeholder={option.nullable ? "null" : undefined}
      onChange={(number) => onChange(number ?? (option.nullable ? null : option.default))}
    />
  );
}
