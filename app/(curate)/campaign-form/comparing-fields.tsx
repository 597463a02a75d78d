"use client";

import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Select } from "@/app/ui/select";
import { preferenceSteps } from "@/server/domain/preference";
import type { FormValues, Wrongs } from "./form-values";

interface ComparingFieldsProps {
  values: FormValues;
  onChange: (change: Partial<FormValues>) => void;
  wrong: Wrongs;
  policies: Outputs["campaigns"]["policies"];
  /** Opened already: what gives rankings their meaning stays. */
  fixed?: boolean;
}

/** Whether labelers rank answers of one model or compare those of two, and then with which and how finely. */
export function ComparingFields(props: ComparingFieldsProps) {
  const { values, onChange, wrong, policies, fixed } = props;
  const t = useT();
  const found = wrong.againstModelId;
  const stays = { note: fixed ? t("form.fixed") : undefined, disabled: fixed };
  return (
    <>
      <Select
        {...stays}
        label={t("form.kind")}
        help={t("form.kind.help")}
        value={values.kind}
        onChange={(event) =>
          onChange({ kind: event.target.value === "comparing" ? "comparing" : "ranking" })
        }
        options={[
          { value: "ranking", label: t("form.kind.ranking") },
          { value: "comparing", label: t("form.kind.comparing") },
        ]}
      />
      {values.kind === "comparing" ? (
        <>
          <Select
            {...stays}
            label={t("form.against")}
            help={t("form.against.help")}
            value={values.againstModelId}
            onChange={(event) => onChange({ againstModelId: event.target.value })}
            placeholder={t("form.against.choose")}
            options={policies.map(({ id, name }) => ({ value: id, label: name }))}
            error={found && t(found.key, found.values)}
          />
          <Select
            {...stays}
            label={t("form.steps")}
            help={t("form.steps.help")}
            value={String(values.steps)}
            onChange={(event) =>
              onChange({
                steps:
                  preferenceSteps.find((steps) => String(steps) === event.target.value) ??
                  values.steps,
              })
            }
            options={preferenceSteps.map((steps) => ({
              value: String(steps),
              label: t("form.steps.option", { steps }),
            }))}
            className="[&_select]:max-w-40"
          />
        </>
      ) : null}
    </>
  );
}
