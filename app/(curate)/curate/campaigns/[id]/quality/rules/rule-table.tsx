"use client";

import { useT } from "@/app/lib/i18n/client";
import { NumberField } from "@/app/ui/number-field";
import { Select } from "@/app/ui/select";
import { actions, type Measure, measures } from "@/server/domain/quality/rules";
import type { FieldsProps } from "./distribution-fields";
import type { RuleValues } from "./rules-values";

/** One rule a measure: what follows, beyond which threshold, after how much work. */
export function RuleTable({ values, onChange, said }: FieldsProps) {
  const t = useT();
  const change = (measure: Measure, changed: Partial<RuleValues>) => {
    const rules = { ...values.rules, [measure]: { ...values.rules[measure], ...changed } };
    onChange({ rules });
  };
  return (
    <ul aria-label={t("rules.table")} className="flex max-w-4xl flex-col">
      {measures.map((measure) => {
        const rule = values.rules[measure];
        return (
          <li
            key={measure}
            className="grid gap-x-6 gap-y-3 border-b border-line py-4 first:pt-0 md:grid-cols-[1fr_13rem_8rem_9rem]"
          >
            <p className="self-center">{t(`rules.measure.${measure}`)}</p>
            <Select
              label={t("rules.action")}
              aria-label={t("rules.actionOf", { measure: t(`rules.measure.${measure}`) })}
              value={rule.action}
              onChange={(event) =>
                change(measure, {
                  action: actions.find((one) => one === event.target.value) ?? "off",
                })
              }
              options={actions.map((value) => ({ value, label: t(`rules.action.${value}`) }))}
            />
            <NumberField
              label={t("rules.threshold")}
              aria-label={t("rules.thresholdOf", { measure: t(`rules.measure.${measure}`) })}
              unit={t("unit.percent")}
              value={rule.threshold}
              onChange={(threshold) => change(measure, { threshold })}
              error={said(`${measure} threshold`)}
            />
            <NumberField
              label={t("rules.atLeast")}
              aria-label={t("rules.atLeastOf", { measure: t(`rules.measure.${measure}`) })}
              value={rule.atLeast}
              onChange={(atLeast) => change(measure, { atLeast })}
              error={said(`${measure} atLeast`)}
            />
          </li>
        );
      })}
    </ul>
  );
}
