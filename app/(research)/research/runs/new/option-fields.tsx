"use client";

import { type ReactNode, useState } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { Checkbox } from "@/app/ui/checkbox";
import { TextField } from "@/app/ui/text-field";
import type { RunKind } from "@/server/domain/run-kinds";
import type { ChosenOptions, OptionValue, TrainingOption } from "@/server/domain/training-options";
import { meaningOf } from "../option-meanings";
import { findOptions } from "./find-options";
import { OptionField } from "./option-field";
import { groupsOf } from "./option-groups";
import type { OptionProblem } from "./option-problems";

interface OptionFieldsProps {
  kind: RunKind;
  options: readonly TrainingOption[];
  /** Only what differs from what the run would take by itself. */
  config: Readonly<Record<string, OptionValue>>;
  /** What the chosen preset says, with its reasons. */
  preset: ChosenOptions;
  problems: ReadonlyMap<string, OptionProblem>;
  onChange: (config: Record<string, OptionValue>) => void;
}

/** Every option of a trainer as a field, with its meaning beside it. */
export function OptionFields(props: OptionFieldsProps) {
  const { kind, options, config, preset, problems, onChange } = props;
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
  const field = (option: TrainingOption) => {
    const value = option.name in config ? config[option.name] : option.default;
    const said = option.name in preset ? preset[option.name] : undefined;
    return (
      <OptionField
        key={option.name}
        option={option}
        changed={option.name in config}
        value={value}
        why={said && said.value === value ? said.why : undefined}
        problem={problems.get(option.name)}
        onChange={(next) => set(option, next)}
      />
    );
  };
  // The seed stands for the run as a whole, above.
  const all = options.filter((option) => option.name !== "seed");
  const groups = groupsOf(kind, all);
  const filtered = sought.trim() !== "" || kept !== null;
  const found = findOptions(all, sought, (option) => meaningOf(option, locale)).filter(
    (option) => kept === null || kept.has(option.name) || option.name in config,
  );
  const valueOf = (name: string) =>
    name in config ? config[name] : (all.find((one) => one.name === name)?.default ?? null);
  const rank = valueOf("loraRank");
  const blocks = Number(valueOf("freezeLayers") ?? 0);
  const folded = (part: readonly TrainingOption[], summary: string) => (
    <Fold
      summary={summary}
      wrong={part.some(({ name }) => problems.has(name))}
      empty={part.length === 0}
    >
      {part.map(field)}
    </Fold>
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
        <div className="grid gap-5 sm:grid-cols-2">
          {(filtered ? found : groups.first).map(field)}
        </div>
      </fieldset>
      {filtered ? null : (
        <div className="grid gap-3">
          {folded(
            groups.adapters,
            typeof rank === "number" ? t("runs.loraOn", { rank }) : t("runs.loraOff"),
          )}
          {folded(
            groups.frozen,
            blocks > 0 || valueOf("frozen") !== null
              ? t("runs.frozenSome", { count: blocks })
              : t("runs.frozenNone"),
          )}
          {folded(groups.more, t("runs.optionsMore", { count: groups.more.length }))}
        </div>
      )}
    </>
  );
}

interface FoldProps {
  summary: string;
  /** Stays open: what is wrong must be seen. */
  wrong: boolean;
  empty: boolean;
  children: ReactNode;
}

function Fold({ summary, wrong, empty, children }: FoldProps) {
  const [open, setOpen] = useState(false);
  if (empty) return null;
  return (
    <details open={open || wrong} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="text-accent">{summary}</summary>
      <div className="mt-4 mb-2 grid gap-5 sm:grid-cols-2">{children}</div>
    </details>
  );
}
