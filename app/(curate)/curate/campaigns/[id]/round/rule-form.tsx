"use client";

import { useMutation } from "@tanstack/react-query";
import { type ReactNode, type SyntheticEvent, useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { ErrorState } from "@/app/ui/error-state";
import { NumberField } from "@/app/ui/number-field";
import type { CampaignId } from "@/server/domain/ids";
import { gateNames, type RoundRule } from "@/server/domain/rounds/rule";
import { useChanged } from "../use-campaign";
import { ruleFrom, type RuleValues, valuesOf, wrongsOf } from "./rule-values";

interface RuleFormProps {
  campaignId: CampaignId;
  /** What stands in the fields at first. */
  rule: RoundRule;
  onDone: () => void;
}

type NumberName = {
  [K in keyof RuleValues]: RuleValues[K] extends number | null ? K : never;
}[keyof RuleValues];

/** When a campaign trains by itself, what each round must show, and where a person decides. */
export function RuleForm({ campaignId, rule, onDone }: RuleFormProps) {
  const t = useT();
  const trpc = useTRPC();
  const { done } = useChanged();
  const [values, setValues] = useState(() => valuesOf(rule));
  const save = useMutation(
    trpc.rounds.setRule.mutationOptions({
      onSuccess: async () => {
        await done("rule.saved");
        onDone();
      },
    }),
  );
  const wrong = wrongsOf(values);
  const change = (next: Partial<RuleValues>) => setValues((before) => ({ ...before, ...next }));
  const number = (name: NumberName, words: NumberWords) => {
    const found = wrong[name];
    return (
      <NumberField
        {...words}
        value={values[name]}
        onChange={(value) => change({ [name]: value })}
        error={found && t(found.key, found.values)}
      />
    );
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (Object.keys(wrong).length === 0) save.mutate({ campaignId, rule: ruleFrom(values) });
  };
  return (
    <form noValidate onSubmit={submit} className="flex max-w-2xl flex-col gap-8">
      <Part title={t("rule.when")} help={t("rule.when.help")}>
        {number("afterRankings", {
          label: t("rule.afterRankings"),
          help: t("rule.afterRankings.help"),
        })}
        {number("everyHours", {
          label: t("rule.everyHours"),
          help: t("rule.everyHours.help"),
          unit: t("rule.everyHours.unit"),
        })}
        {values.everyHours !== null &&
          number("fewestRankings", { label: t("rule.fewest"), help: t("rule.fewest.help") })}
      </Part>
      <Part title={t("rule.report")} help={t("rule.report.help")}>
        {number("accuracy", {
          label: t("rule.accuracy"),
          help: t("rule.accuracy.help"),
          unit: "%",
        })}
        {number("accuracyLow", {
          label: t("rule.accuracyLow"),
          help: t("rule.accuracyLow.help"),
          unit: "%",
        })}
        {number("heldoutPairs", {
          label: t("rule.heldoutPairs"),
          help: t("rule.heldoutPairs.help"),
        })}
        {number("labelers", { label: t("rule.labelers"), help: t("rule.labelers.help") })}
        <Checkbox
          label={t("rule.beatsLength")}
          help={t("rule.beatsLength.help")}
          checked={values.beatsLength}
          onChange={(event) => change({ beatsLength: event.target.checked })}
        />
      </Part>
      <Part title={t("rule.policy")}>
        {number("kl", { label: t("rule.kl"), help: t("rule.kl.help"), unit: t("rule.kl.unit") })}
        <Checkbox
          label={t("rule.scoreRises")}
          checked={values.scoreRises}
          onChange={(event) => change({ scoreRises: event.target.checked })}
        />
      </Part>
      <Part title={t("rule.askAt")}>
        {gateNames.map((gate) => (
          <Checkbox
            key={gate}
            label={t(`rule.ask.${gate}`)}
            checked={values.askAt.includes(gate)}
            onChange={(event) =>
              change({
                askAt: gateNames.filter((one) =>
                  one === gate ? event.target.checked : values.askAt.includes(one),
                ),
              })
            }
          />
        ))}
      </Part>
      <Part title={t("rule.calibration.title")}>
        {number("calibrationShare", {
          label: t("rule.calibration.share"),
          help: t("rule.calibration.help"),
          unit: "%",
        })}
      </Part>
      {save.isError && <ErrorState message={errorMessage(save.error, t)} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={save.isPending}>
          {t("rule.save")}
        </Button>
        <Button onClick={onDone}>{t("action.cancel")}</Button>
      </div>
    </form>
  );
}

interface NumberWords {
  label: string;
  help?: string;
  unit?: string;
}

function Part({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-5">
      <legend className="mb-2 font-semibold">{title}</legend>
      {help && <p className="-mt-2 text-sm text-muted">{help}</p>}
      {children}
    </fieldset>
  );
}
