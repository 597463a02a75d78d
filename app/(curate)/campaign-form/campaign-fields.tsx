"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import type { MessageKey } from "@/app/lib/i18n/catalogue";
import type { Outputs } from "@/app/lib/trpc";
import { Checkbox } from "@/app/ui/checkbox";
import { NumberField } from "@/app/ui/number-field";
import { Section } from "@/app/ui/page-header";
import { Select } from "@/app/ui/select";
import { TextField } from "@/app/ui/text-field";
import { type FormValues, pairsOf, type Wrongs } from "./form-values";
import { GuidelinesField } from "./guidelines-field";

interface FieldsProps {
  values: FormValues;
  onChange: (change: Partial<FormValues>) => void;
  wrong: Wrongs;
  policies: Outputs["campaigns"]["policies"];
  /** Opened already: what gives rankings their meaning stays. */
  fixed?: boolean;
}

const useSaid = (wrong: Wrongs) => {
  const t = useT();
  return (field: keyof FormValues) => {
    const found = wrong[field];
    return found && t(found.key satisfies MessageKey, found.values);
  };
};

export function NameFields({ values, onChange, wrong }: FieldsProps) {
  const t = useT();
  const said = useSaid(wrong);
  return (
    <>
      <TextField
        label={t("form.name")}
        help={t("form.name.help")}
        value={values.name}
        maxLength={120}
        onChange={(event) => onChange({ name: event.target.value })}
        error={said("name")}
      />
      <GuidelinesField
        value={values.guidelines}
        onChange={(guidelines) => onChange({ guidelines })}
      />
    </>
  );
}

export function PolicyField({ values, onChange, policies, fixed }: FieldsProps) {
  const t = useT();
  const locale = useLocale();
  const parameters = (count: number) =>
    new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 }).format(
      count,
    );
  return (
    <Select
      label={t("form.policy")}
      help={policies.length > 0 ? t("form.policy.help") : t("form.policy.none")}
      note={fixed ? t("form.fixed") : undefined}
      disabled={fixed}
      value={values.policyModelId}
      onChange={(event) => onChange({ policyModelId: event.target.value })}
      placeholder={t("form.policy.choose")}
      options={policies.map((model) => ({
        value: model.id,
        label: t("form.policy.option", {
          name: model.name,
          parameters: parameters(model.parameters),
        }),
      }))}
    />
  );
}

export function RoundFields({ values, onChange, wrong, fixed }: FieldsProps) {
  const t = useT();
  const said = useSaid(wrong);
  const sum = (values.tasksPerRound ?? 0) * (values.overlap ?? 0);
  return (
    <>
      {values.kind === "ranking" ? (
        <Select
          label={t("form.completions")}
          help={t("form.completions.help", { pairs: pairsOf(values.completionsPerTask) })}
          note={fixed ? t("form.fixed") : undefined}
          disabled={fixed}
          value={String(values.completionsPerTask)}
          onChange={(event) => onChange({ completionsPerTask: Number(event.target.value) })}
          options={[4, 5, 6, 7, 8, 9].map((k) => ({ value: String(k), label: String(k) }))}
          className="[&_select]:max-w-40"
        />
      ) : null}
      <NumberField
        label={t("form.tasks")}
        help={t("form.tasks.help")}
        value={values.tasksPerRound}
        onChange={(tasksPerRound) => onChange({ tasksPerRound })}
        error={said("tasksPerRound")}
      />
      <NumberField
        label={t("form.overlap")}
        help={t("form.overlap.help")}
        value={values.overlap}
        onChange={(overlap) => onChange({ overlap })}
        error={said("overlap")}
      />
      <output className="text-sm text-muted">
        {Number.isInteger(sum) && sum > 0 && t("form.sum", { rankings: sum })}
      </output>
    </>
  );
}

export function SamplingFields({ values, onChange, wrong }: FieldsProps) {
  const t = useT();
  const said = useSaid(wrong);
  return (
    <Section title={t("form.sampling")} state={t("form.sampling.help")}>
      <div className="flex flex-col gap-6">
        <NumberField
          label={t("form.temperature")}
          help={t("form.temperature.help")}
          note={t("field.optional")}
          value={values.temperature}
          onChange={(temperature) => onChange({ temperature })}
          error={said("temperature")}
        />
        <NumberField
          label={t("form.topP")}
          help={t("form.topP.help")}
          note={t("field.optional")}
          value={values.topP}
          onChange={(topP) => onChange({ topP })}
          error={said("topP")}
        />
        <NumberField
          label={t("form.maxNewTokens")}
          note={t("field.optional")}
          unit={t("form.maxNewTokens.unit")}
          value={values.maxNewTokens}
          onChange={(maxNewTokens) => onChange({ maxNewTokens })}
          error={said("maxNewTokens")}
        />
      </div>
    </Section>
  );
}

export function TruthFields({ values, onChange, fixed }: FieldsProps) {
  const t = useT();
  return (
    <>
      <Select
        label={t("form.verifier")}
        help={t("form.verifier.help")}
        note={fixed ? t("form.fixed") : undefined}
        disabled={fixed}
        value={values.verifier}
        onChange={(event) => onChange({ verifier: event.target.value === "sort" ? "sort" : "" })}
        options={[
          { value: "", label: t("form.verifier.none") },
          { value: "sort", label: t("form.verifier.sort") },
        ]}
      />
      <Checkbox
        label={t("form.demonstrations")}
        help={t("form.demonstrations.help")}
        checked={values.demonstrations}
        onChange={(event) => onChange({ demonstrations: event.target.checked })}
      />
      <Checkbox
        label={t("form.simulated")}
        help={t("form.simulated.help")}
        checked={values.includeSimulated}
        onChange={(event) => onChange({ includeSimulated: event.target.checked })}
      />
    </>
  );
}
