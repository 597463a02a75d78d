"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { ErrorState } from "@/app/ui/error-state";
import { Section } from "@/app/ui/page-header";
import type { CampaignId } from "@/server/domain/ids";
import type { EntryState } from "@/server/services/entry";

interface ScreeningFormProps {
  campaignId: CampaignId;
  questions: NonNullable<EntryState["screening"]>["questions"];
  onAnswered: () => void;
}

export function ScreeningForm({ campaignId, questions, onAnswered }: ScreeningFormProps) {
  const t = useT();
  const trpc = useTRPC();
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [tried, setTried] = useState(false);
  const send = useMutation(trpc.entry.screen.mutationOptions({ onSuccess: onAnswered }));
  const missing = questions.some(({ id }) => answers[id] === undefined);
  return (
    <Section title={t("enter.screening")} state={t("enter.screening.help")}>
      <form
        noValidate
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!missing) send.mutate({ campaignId, answers });
        }}
      >
        {questions.map(({ id, text, options }) => (
          <fieldset key={id} className="min-w-0">
            <legend className="mb-1 font-semibold">{text}</legend>
            {options.map((option) => (
              <label
                key={option}
                className="flex min-h-9 items-center gap-3 pointer-coarse:min-h-11"
              >
                <input
                  type="radio"
                  name={id}
                  checked={answers[id] === option}
                  onChange={() => setAnswers((before) => ({ ...before, [id]: option }))}
                  className="size-4 accent-accent"
                />
                {option}
              </label>
            ))}
          </fieldset>
        ))}
        {tried && missing && (
          <p role="alert" className="text-sm text-danger">
            {t("enter.missing")}
          </p>
        )}
        {send.isError && <ErrorState message={errorMessage(send.error, t)} />}
        <div>
          <Button type="submit" look="primary" busy={send.isPending}>
            {t("enter.send")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
