"use client";

import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Select } from "@/app/ui/select";
import { preferenceSteps } from "@/server/domain/preference-scale";
import { campaignKinds, type FormValues, type Wrongs } from "./form-values";

interface KindFieldProps {
  values: FormValues;
  onChange: (change: Partial<FormValues>) => void;
  /** Opened already: what gives rankings their meaning stays. */
  fixed?: boolean;
}

const useStays = (fixed: boolean | undefined) => {
  const t = useT();
  return { note: fixed ? t("form.fixed") : undefined, disabled: fixed };
};

/** What labelers do: everything else follows from it. */
export function KindField({ values, onChange, fixed }: KindFieldProps) {
  const t = useT();
  const stays = useStays(fixed);
  return (
    <Select
      {...stays}
      label={t("form.kind")}
      help={t(`form.kind.${values.kind}.help`)}
      value={values.kind}
      onChange={(event) =>
        onChange({ kind: campaignKinds.find((kind) => kind === event.target.value) ?? values.kind })
      }
      options={campaignKinds.map((kind) => ({ value: kind, label: t(`form.kind.${kind}`) }))}
    />
  );
}

interface OpponentFieldsProps extends KindFieldProps {
  wrong: Wrongs;
  policies: Outputs["campaigns"]["policies"];
}

/** Of a campaign that compares: with which model, and how finely; nothing where answers are ranked. */
export function OpponentFields(props: OpponentFieldsProps) {
  const { values, onChange, wrong, policies, fixed } = props;
  const t = useT();
  const stays = useStays(fixed);
  const found = wrong.againstModelId;
  if (values.kind === "ranking") return null;
  return (
    <>
      {values.kind === "comparing" && (
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
      )}
      <Select
        {...stays}
        label={t("form.steps")}
        help={t("form.steps.help")}
        value={String(values.steps)}
        onChange={(event) =>
          onChange({
            steps:
              preferenceSteps.find((steps) => String(steps) === event.target.value) ?? values.steps,
          })
        }
        options={preferenceSteps.map((steps) => ({
          value: String(steps),
          label: t("form.steps.option", { steps }),
        }))}
        className="[&_select]:max-w-40"
      />
    </>
  );
}
