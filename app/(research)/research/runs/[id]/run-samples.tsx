"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Section } from "@/app/ui/page-header";
import { Select } from "@/app/ui/select";
import { isRewarded } from "@/server/domain/run-kinds";

type Run = Outputs["runs"]["get"];

interface RunSamplesProps {
  id: Run["id"];
  kind: Run["kind"];
  initial: Outputs["runs"]["samples"];
  live: boolean;
}

/** What the model says at a step, with the score it got: the newest unless another is chosen. */
export function RunSamples({ id, kind, initial, live }: RunSamplesProps) {
  const t = useT();
  const locale = useLocale();
  const trpc = useTRPC();
  const [step, setStep] = useState<number | null>(null);
  const { data } = useQuery({
    ...trpc.runs.samples.queryOptions(step === null ? { id } : { id, step }),
    initialData: step === null ? initial : undefined,
    placeholderData: keepPreviousData,
    refetchInterval: live && step === null ? 2000 : false,
  });
  const shown = data ?? initial;
  if (shown.samples.length === 0) return null;
  const unit = isRewarded(kind) ? "runs.atIteration" : "runs.atUpdate";
  return (
    <Section
      title={t("runs.samples")}
      state={t("runs.samplesState")}
      action={
        <Select
          label={t("runs.samplesStep")}
          value={step === null ? "" : String(step)}
          onChange={(event) =>
            setStep(event.target.value === "" ? null : Number(event.target.value))
          }
          placeholder={t("runs.newest", { step: shown.steps[0] ?? 0 })}
          options={shown.steps.map((one) => ({
            value: String(one),
            label: t(unit, { step: one }),
          }))}
        />
      }
    >
      <ul className="grid gap-4 md:grid-cols-2">
        {shown.samples.map((sample) => (
          <li key={sample.place} className="min-w-0 border-t border-line pt-2">
            <div className="flex items-baseline justify-between gap-4 text-sm text-muted">
              <span className="whitespace-pre-wrap">{sample.prompt}</span>
              {sample.score === null ? null : (
                <span className="tabular shrink-0 text-reward">
                  {t("runs.score", {
                    score: sample.score.toLocaleString(locale, {
                      maximumFractionDigits: 2,
                      signDisplay: "negative",
                    }),
                  })}
                </span>
              )}
            </div>
            <p className="mt-1 whitespace-pre-wrap">{sample.completion}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
