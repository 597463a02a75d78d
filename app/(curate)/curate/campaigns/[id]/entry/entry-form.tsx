"use client";

import { useMutation } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type SyntheticEvent, useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button, ButtonLink } from "@/app/ui/button";
import { ErrorState } from "@/app/ui/error-state";
import { Section } from "@/app/ui/page-header";
import { type Entry, zEntry } from "@/server/domain/entry";
import type { CampaignId } from "@/server/domain/ids";
import type { getEntrySettings } from "@/server/services/entry";
import { useChanged } from "../use-campaign";
import { QuizFields } from "./quiz-fields";
import { ScreeningEditor } from "./screening-editor";

interface EntryFormProps {
  campaignId: CampaignId;
  settings: Awaited<ReturnType<typeof getEntrySettings>>;
  admin: boolean;
}

const tidied = ({ screening, quiz }: Entry): Entry => ({
  quiz,
  screening: screening.map((question) => {
    const options = question.options.map((one) => one.trim()).filter(Boolean);
    const accepted = question.accepted.filter((one) => options.includes(one));
    return { ...question, options, accepted };
  }),
});

/** A question to begin with, under an id that no other has. */
const newQuestion = (all: Entry["screening"]): Entry["screening"][number] => {
  let number = all.length + 1;
  while (all.some(({ id }) => id === `screening-${number}`)) number++;
  return { id: `screening-${number}`, text: "", options: [], accepted: [] };
};

/** What people must answer and show before they get tasks, and how those who came did. */
export function EntryForm({ campaignId, settings, admin }: EntryFormProps) {
  const t = useT();
  const trpc = useTRPC();
  const { done } = useChanged();
  const [entry, setEntry] = useState(settings.entry);
  const [tried, setTried] = useState(false);
  const save = useMutation(
    trpc.entry.configure.mutationOptions({ onSuccess: () => done("entry.saved") }),
  );
  const parsed = zEntry.safeParse(tidied(entry));
  const { screening, quiz } = entry;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (parsed.success) save.mutate({ campaignId, entry: parsed.data });
  };
  const { screened, tried: took } = settings;
  return (
    <form noValidate onSubmit={submit} className="max-w-2xl">
      <fieldset disabled={!admin} className="min-w-0">
        <Section title={t("entry.screening")} state={t("entry.screening.state")}>
          <div className="flex flex-col gap-8">
            {screening.map((question, index) => (
              <ScreeningEditor
                key={question.id}
                number={index + 1}
                question={question}
                onChange={(changed) =>
                  setEntry({ ...entry, screening: screening.with(index, changed) })
                }
                onRemove={() => setEntry({ ...entry, screening: screening.toSpliced(index, 1) })}
              />
            ))}
            <div>
              <Button
                icon={<Plus aria-hidden className="size-4" />}
                onClick={() =>
                  setEntry({ ...entry, screening: [...screening, newQuestion(screening)] })
                }
              >
                {t("entry.question.add")}
              </Button>
            </div>
          </div>
        </Section>
        <Section title={t("entry.quiz")} state={t("entry.quiz.state", { gold: settings.gold })}>
          <QuizFields
            quiz={quiz}
            gold={settings.gold}
            onChange={(changed) => setEntry({ ...entry, quiz: changed })}
          />
        </Section>
        <Section
          title={t("entry.qualification")}
          action={
            <ButtonLink href={`/curate/campaigns/${campaignId}/quality/rules`}>
              {t("quality.rules")}
            </ButtonLink>
          }
        >
          <p className="text-muted">
            {settings.qualification === ""
              ? t("entry.qualification.none")
              : t(quiz ? "entry.qualification.quiz" : "entry.qualification.given", {
                  qualification: settings.qualification,
                })}
          </p>
        </Section>
        {tried && !parsed.success && (
          <p role="alert" className="mt-6 text-sm text-danger">
            {t("entry.wrong")}
          </p>
        )}
        {save.isError && <ErrorState message={errorMessage(save.error, t)} />}
        {admin && (
          <Button type="submit" look="primary" busy={save.isPending} className="mt-6">
            {t("entry.save")}
          </Button>
        )}
      </fieldset>
      <Section title={t("entry.came")}>
        {screened.all > 0 && (
          <p>{t("entry.came.screened", { all: screened.all, accepted: screened.accepted })}</p>
        )}
        {took.people > 0 && <p>{t("entry.came.tried", took)}</p>}
        {screened.all === 0 && took.people === 0 && (
          <p className="text-muted">{t("entry.came.none")}</p>
        )}
      </Section>
    </form>
  );
}
