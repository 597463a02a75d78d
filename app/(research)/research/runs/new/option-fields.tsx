"use client";

import type { Inputs } from "@/app/lib/trpc";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { NumberField } from "@/app/ui/number-field";
import { Select } from "@/app/ui/select";
import type { OptionValue, TrainingOption } from "@/server/domain/training-options";
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
  const set = (option: TrainingOption, value: OptionValue) => {
    const { [option.name]: _, ...rest } = config;
    onChange(value === option.default ? rest : { ...rest, [option.name]: value });
  };
  const field = (option: TrainingOption) => (
    <OptionField
      key={option.name}
      option={option}
      value={option.name in config ? config[option.name] : option.default}
      onChange={(value) => set(option, value)}
    />
  );
  // The seed stands for the run as a whole, above.
  const all = options.filter((option) => option.name !== "seed");
  const first = basic[kind].flatMap((name) => all.filter((option) => option.name === name));
  const others = all.filter((option) => !first.includes(option));
  return (
    <>
      <fieldset className="grid gap-5 sm:grid-cols-2">
        <legend className="mb-3 font-semibold">{t("runs.options")}</legend>
        {first.map(field)}
      </fieldset>
      <details>
        <summary className="text-accent">{t("runs.optionsMore", { count: others.length })}</summary>
        <div className="mt-4 grid gap-5 sm:grid-cols-2">{others.map(field)}</div>
      </details>
    </>
  );
}

interface OptionFieldProps {
  option: TrainingOption;
  value: OptionValue;
  onChange: (value: OptionValue) => void;
}

function OptionField({ option, value, onChange }: OptionFieldProps) {
  const locale = useLocale();
  const t = useT();
  const common = { label: option.name, help: meaningOf(option, locale) };
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
