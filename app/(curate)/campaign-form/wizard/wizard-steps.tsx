"use client";

import { useQuery } from "@tanstack/react-query";
import { PromptInput } from "@/app/(curate)/prompts/prompt-input";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Checkbox } from "@/app/ui/checkbox";
import { NumberField } from "@/app/ui/number-field";
import { Select } from "@/app/ui/select";
import { TextField } from "@/app/ui/text-field";
import { AskedFields } from "../asked-fields";
import {
  NameFields,
  PolicyField,
  RoundFields,
  SamplingFields,
  TruthFields,
} from "../campaign-fields";
import { KindField, OpponentFields } from "../comparing-fields";
import type { FormValues } from "../form-values";
import type { StepProps } from "./step-props";
import { WizardCheck } from "./wizard-check";
import { payOf, type Step, wrongsIn } from "./wizard-draft";

/** The fields of one step: those of the plain form, a few at a time. */
export function WizardStep({ step, ...props }: StepProps & { step: Step }) {
  const { draft, onChange, policies, tried } = props;
  const { values } = draft;
  const fields = {
    values,
    onChange: (change: Partial<FormValues>) => onChange({ values: { ...values, ...change } }),
    wrong: tried ? wrongsIn(step, values) : {},
    policies,
  };
  switch (step) {
    case "kind":
      return (
        <>
          <KindField {...fields} />
          <NameFields {...fields} />
        </>
      );
    case "prompts":
      return <PromptStep {...props} />;
    case "answers":
      return (
        <>
          <PolicyField {...fields} />
          <OpponentFields {...fields} />
          <TruthFields {...fields} />
          <SamplingFields {...fields} />
        </>
      );
    case "asked":
      return (
        <AskedFields
          asked={values.asked}
          onChange={(asked) => fields.onChange({ asked })}
          marked={tried}
        />
      );
    case "people":
      return (
        <>
          <RoundFields {...fields} />
          <PayFields {...props} />
        </>
      );
    case "check":
      return <WizardCheck {...props} />;
  }
}

/** Pasted, from a file, or those of another campaign. */
function PromptStep({ draft, onChange, preview }: StepProps) {
  const t = useT();
  const trpc = useTRPC();
  const campaigns = useQuery(trpc.campaigns.list.queryOptions());
  const others = campaigns.data ?? [];
  return (
    <>
      {others.length > 0 && (
        <Select
          label={t("wizard.promptsFrom")}
          help={t("wizard.promptsFrom.help")}
          value={draft.promptsFrom}
          placeholder={t("wizard.promptsFrom.none")}
          options={others.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => onChange({ promptsFrom: event.target.value })}
        />
      )}
      <PromptInput
        label={t("form.prompts")}
        value={draft.prompts}
        onChange={(prompts) => onChange({ prompts })}
        preview={preview}
        note={t("field.optional")}
      />
    </>
  );
}

function PayFields({ draft, onChange, tried }: StepProps) {
  const t = useT();
  const { pay } = draft;
  return (
    <>
      <Checkbox
        label={t("wizard.pays")}
        help={t("wizard.pays.help")}
        checked={pay !== null}
        onChange={(event) =>
          onChange({ pay: event.target.checked ? { currency: "USD", ranking: 0.1 } : null })
        }
      />
      {pay && (
        <div className="flex flex-wrap gap-4">
          <NumberField
            label={t("pay.ranking")}
            value={pay.ranking}
            onChange={(ranking) => onChange({ pay: { ...pay, ranking } })}
            error={tried && payOf(draft) === undefined && t("wizard.pays.wrong")}
          />
          <TextField
            label={t("pay.currency")}
            value={pay.currency}
            maxLength={3}
            onChange={(event) => onChange({ pay: { ...pay, currency: event.target.value } })}
            className="w-24"
          />
        </div>
      )}
    </>
  );
}
