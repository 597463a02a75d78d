"use client";

import { useState } from "react";
import type { Inputs } from "@/app/lib/trpc";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { Checkbox } from "@/app/ui/checkbox";
import { cx } from "@/app/ui/class-names";
import { NumberField } from "@/app/ui/number-field";
import { Select } from "@/app/ui/select";
import type { OptionValue, TrainingOption } from "@/server/domain/training-options";
import { TextField } from "@/app/ui/text-field";
import { findOptions } from "./find-options";
import { meaningOf } from "../option-meanings";

/** The options that one changes first; the others wait behind a fold. */
const basic: Record<Inputs["runs"]["start"]["kind"], readonly string[]> = {
  sft: ["epochs", "learningRate", "batchSize"],
  reward: ["epochs", "learningRate", "batchSize"],
  ppo: ["iterations", "batchSize", "learningRate", "kl", "beta", "maxNewTokens", "temperature"],
};

interface OptionFieldsProps {
  kind: Inputs["runs"]["start"]["kind"];
  options: readonly TrainingOption[];
  /** Only what differs from what the run would take by itself. */
  config: Readonly<Record<string, OptionValue>>;
  onChange: (config: Record<string, OptionValue>) => void;
}

/** Every option of a trainer as a field, with its meaning beside it. */
export function OptionFields({ kind, options, config, onChange }: OptionFieldsProps) {
  const t = useT();
  const locale = useLocale();
  const [sought, setSought] = useState("");
  // The options that were changed when the box was ticked: one that is set back stays in sight.
  const [kept, setKept] = useState<ReadonlySet<string> | null>(null);
  const changed = Object.keys(config).filter((name) => options.some((one) => one.name === name));
  const set = (option: TrainingOption, value: OptionValue) => {
    const { [option.name]: _, ...rest } = config;
    onChange(value === option.default ? rest : { ...rest, [option.name]: value });
  };
  const field = (option: TrainingOption) => (
    <OptionField
      key={option.name}
      option={option}
      changed={option.name in config}
      value={option.name in config ? config[option.name] : option.default}
      onChange={(value) => set(option, value)}
    />
  );
  // The seed stands for the run as a whole, above.
  const all = options.filter((option) => option.name !== "seed");
  const first = basic[kind].flatMap((name) => all.filter((option) => option.name === name));
  const others = all.filter((option) => !first.includes(option));
  const filtered = sought.trim() !== "" || kept !== null;
  const found = findOptions(all, sought, (option) => meaningOf(option, locale)).filter(
    (option) => kept === null || kept.has(option.name) || option.name in config,
  );
  return (
    <>
      <fieldset>
        <legend className="mb-3 font-semibold">{t("runs.options")}</legend>
        <div className="mb-5 flex flex-wrap items-end gap-x-6 gap-y-3">
          <TextField
            type="search"
            label={t("runs.findOption")}
            className="min-w-0 flex-1 basis-56"
            value={sought}
            onChange={({ target }) => setSought(target.value)}
          />
          <Checkbox
            label={t("runs.onlyChanged", { count: changed.length })}
            checked={kept !== null}
            onChange={({ target }) => setKept(target.checked ? new Set(changed) : null)}
          />
        </div>
        <output className={filtered ? "mb-3 block text-sm text-muted" : "sr-only"}>
          {filtered ? t("runs.optionsFound", { count: found.length, all: all.length }) : null}
        </output>
        <div className="grid gap-5 sm:grid-cols-2">{(filtered ? found : first).map(field)}</div>
      </fieldset>
      {filtered ? null : (
        <details>
          <summary className="text-accent">
            {t("runs.optionsMore", { count: others.length })}
          </summary>
          <div className="mt-4 grid gap-5 sm:grid-cols-2">{others.map(field)}</div>
        </details>
      )}
    </>
  );
}

interface OptionFieldProps {
  option: TrainingOption;
  changed: boolean;
  value: OptionValue;
  onChange: (value: OptionValue) => void;
}

function OptionField({ option, changed, value, onChange }: OptionFieldProps) {
  const locale = useLocale();
  const t = useT();
  const common = {
    label: option.name,
    help: changed ? (
      <>
        {meaningOf(option, locale)}{" "}
        <span className="text-accent">
          {t("runs.changedFrom", { value: String(option.default) })}
        </span>
      </>
    ) : (
      meaningOf(option, locale)
    ),
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
  return (
    <NumberField
      {...common}
      value={typeof value === "number" ? value : null}
      placeholder={option.nullable ? "null" : undefined}
      onChange={(number) => onChange(number ?? (option.nullable ? null : option.default))}
      error={problem(option, value, t)}
    />
  );
}

function problem(option: TrainingOption, value: OptionValue, t: ReturnType<typeof useT>) {
  if (typeof value !== "number") return undefined;
  if (option.type === "integer" && !Number.isInteger(value)) return t("runs.wholeNumber");
  const { minimum = -Infinity, maximum = Infinity } = option;
  if (value < minimum) return t("runs.atLeast", { minimum });
  return value > maximum ? t("runs.atMost", { maximum }) : undefined;
}
