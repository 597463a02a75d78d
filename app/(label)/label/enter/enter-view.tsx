"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button, ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { ErrorState } from "@/app/ui/error-state";
import { PageHeader, Section } from "@/app/ui/page-header";
import { rightNeeded } from "@/server/domain/entry";
import type { EntryState } from "@/server/services/entry";
import { Guidelines } from "../guidelines";
import { ConsentStep } from "./consent-step";
import { QuizAnswers } from "./quiz-answers";
import { QuizTaskView } from "./quiz-task";
import { ScreeningForm } from "./screening-form";

/** Consent and questions first, then the quiz, then the way to the tasks. */
export function EnterView({ initial }: { initial: EntryState }) {
  const t = useT();
  const trpc = useTRPC();
  const { campaign } = initial;
  const input = { campaignId: campaign.id };
  const { data, refetch } = useQuery({
    ...trpc.entry.get.queryOptions(input),
    initialData: initial,
  });
  const [atQuiz, setAtQuiz] = useState(false);
  const take = useMutation(trpc.entry.takeQuiz.mutationOptions());
  const { screening, quiz, qualification } = data;
  const begin = () => {
    setAtQuiz(true);
    take.mutate(input);
  };
  const goOn = async (ended: boolean) => {
    window.scrollTo({ top: 0 });
    if (!ended) return take.mutate(input);
    await refetch();
    setAtQuiz(false);
  };
  if (atQuiz && take.data && !take.isPending)
    return (
      <QuizTaskView
        key={`${take.data.quizId} ${take.data.place}`}
        task={take.data}
        campaign={campaign}
        onAnswered={(ended) => void goOn(ended)}
      />
    );
  const home = <ButtonLink href="/label">{t("rank.nothingLeft.home")}</ButtonLink>;
  const { consent } = data;
  const unagreed = consent?.agreed === false;
  const asked = !unagreed && screening?.state === "asked";
  const refused = !unagreed && screening?.state === "refused";
  const ahead = unagreed || asked || refused;
  const allowed = !ahead && (!quiz || quiz.passed);
  const unqualified = allowed && qualification?.had === false;
  const inside = allowed && !unqualified;
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={t("enter.of", { campaign: campaign.name })}
        action={<Guidelines name={campaign.name} text={campaign.guidelines} />}
      />
      {unagreed && (
        <ConsentStep campaignId={campaign.id} consent={consent} onAgreed={() => void refetch()} />
      )}
      {asked && (
        <ScreeningForm
          campaignId={campaign.id}
          questions={screening.questions}
          onAnswered={() => void refetch()}
        />
      )}
      {refused && (
        <EmptyState title={t("enter.refused.title")} action={home}>
          {t("enter.refused")}
        </EmptyState>
      )}
      {unqualified && (
        <EmptyState
          title={t("enter.qualification.title", { qualification: qualification.name })}
          action={home}
        >
          {t("enter.qualification")}
        </EmptyState>
      )}
      {inside && (
        <EmptyState
          title={t("enter.done.title")}
          action={
            <ButtonLink look="primary" href={`/label/rank?campaign=${campaign.id}`}>
              {t("enter.start")}
            </ButtonLink>
          }
        >
          {t("enter.done")}
        </EmptyState>
      )}
      {!ahead && quiz && !quiz.passed && (
        <Section title={t("enter.quiz")}>
          {quiz.attemptsLeft === 0 ? (
            <EmptyState title={t("enter.quiz.none.title")} action={home}>
              {t("enter.quiz.none")}
            </EmptyState>
          ) : (
            <>
              <p className="mb-4">
                {t("enter.quiz.text", {
                  items: quiz.items,
                  needed: rightNeeded(quiz),
                  left: quiz.attemptsLeft,
                })}
                {qualification &&
                  ` ${t("enter.quiz.qualifies", { qualification: qualification.name })}`}
              </p>
              <Button look="primary" busy={take.isPending} onClick={begin}>
                {t(quiz.begun ? "enter.quiz.goOn" : "enter.quiz.begin")}
              </Button>
            </>
          )}
          {take.isError && <ErrorState message={errorMessage(take.error, t)} />}
        </Section>
      )}
      {!unagreed && !asked && quiz?.lastId && <QuizAnswers quizId={quiz.lastId} />}
    </div>
  );
}
