"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import { moneyText, workText } from "@/app/(curate)/curate/campaigns/[id]/forecast/forecast-words";
import { costForecast, workForecast } from "@/server/domain/forecast";
import type { StepProps } from "./step-props";
import { payOf } from "./wizard-draft";

/** What the campaign will be, what is missing to open it, and what a round costs. */
export function WizardCheck({ draft, policies, preview }: StepProps) {
  const t = useT();
  const locale = useLocale();
  const { values, promptsFrom } = draft;
  const policy = policies.find(({ id }) => id === values.policyModelId);
  const wanted = (values.tasksPerRound ?? 0) * (values.overlap ?? 0);
  const cost = costForecast(payOf(draft) ?? undefined, { paid: 0, missing: wanted });
  const { asked } = values;
  const besides =
    (asked.quality ? 1 : 0) + (asked.flags.length > 0 ? 1 : 0) + asked.questions.length;
  const facts: [string, string][] = [
    [t("form.name"), values.name.trim() || "–"],
    [
      t("form.prompts"),
      promptsFrom
        ? t("wizard.check.promptsFrom")
        : preview.count > 0
          ? t("form.prompts.count", { count: preview.count }) +
            (preview.pairs > 0 ? ` ${t("given.pairs", { count: preview.pairs })}` : "")
          : t("wizard.check.missing"),
    ],
    [t("form.policy"), policy?.name ?? t("wizard.check.missing")],
    [
      t("wizard.check.task"),
      values.kind === "ranking"
        ? t("wizard.check.task.text", { count: values.completionsPerTask, besides })
        : t("wizard.check.task.compare", { steps: values.steps, besides }),
    ],
    [
      t("wizard.check.round"),
      t("wizard.check.round.text", {
        tasks: values.tasksPerRound ?? 0,
        overlap: values.overlap ?? 0,
        rankings: wanted,
      }),
    ],
    [
      t("forecast.cost"),
      cost
        ? t("wizard.check.cost", { total: moneyText(cost.total, cost.currency, locale) })
        : t("wizard.check.cost.none"),
    ],
    [t("forecast.work"), workText({ t, locale }, workForecast(wanted, []))],
    [t("forecast.finish"), t("wizard.check.finish")],
  ];
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[10rem_1fr]">
      {facts.map(([name, text]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="-mt-2 min-w-0 wrap-break-word sm:mt-0">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
