"use client";

import { useMutation } from "@tanstack/react-query";
import { Keyboard } from "lucide-react";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { ErrorState } from "@/app/ui/error-state";
import { nothingAsked } from "@/server/domain/asked";
import { zAssignmentId } from "@/server/domain/ids";
import type { EntryState } from "@/server/services/entry";
import type { LabelerTask } from "@/server/services/labeling";
import type { QuizTask } from "@/server/services/quiz";
import { Guidelines } from "../guidelines";
import { keepDraft } from "../rank/kept";
import { TaskDesk, TaskKeys } from "../rank/task-desk";

interface QuizTaskViewProps {
  task: QuizTask;
  campaign: EntryState["campaign"];
  onAnswered: (ended: boolean) => void;
}

const nothing = () => {};

/** An item of the quiz on the very desk that tasks are ranked at. */
export function QuizTaskView({ task, campaign, onAnswered }: QuizTaskViewProps) {
  const t = useT();
  const trpc = useTRPC();
  const { quizId, place, items, comparing, ...shown } = task;
  const [help, setHelp] = useState(false);
  const assignmentId = zAssignmentId.parse(`quiz-${quizId}-${place}`.slice(0, 64));
  const item: LabelerTask = {
    ...shown,
    assignmentId,
    campaign: {
      ...campaign,
      guidelinesVersion: 1,
      guidelinesBefore: null,
      asked: nothingAsked,
      comparing,
    },
    round: 1,
    draft: null,
    leaseExpiresAt: new Date(8.64e15),
  };
  const answer = useMutation(
    trpc.entry.answer.mutationOptions({
      onSuccess: ({ ended }) => {
        keepDraft(assignmentId, null);
        onAnswered(ended);
      },
    }),
  );
  return (
    <>
      <header className="mb-4 flex flex-wrap items-center justify-between gap-2">
        <h1 className="font-semibold">{t("enter.quiz.place", { place: place + 1, items })}</h1>
        <div className="flex gap-1">
          <Guidelines name={campaign.name} text={campaign.guidelines} />
          <Button
            look="quiet"
            className="pointer-coarse:hidden"
            icon={<Keyboard aria-hidden className="size-4" />}
            onClick={() => setHelp(true)}
          >
            {t("rank.shortcuts")}
          </Button>
        </div>
      </header>
      {answer.isError && <ErrorState message={errorMessage(answer.error, t)} />}
      <TaskDesk
        rehearsal="quiz"
        task={item}
        onSubmit={({ ranking }) => {
          const { groups, notRankable, noneAcceptable, seconds } = ranking;
          const order = { groups, notRankable, noneAcceptable, seconds };
          answer.mutate({ quizId, place, ranking: order });
        }}
        onSkip={nothing}
        onHelp={() => setHelp(true)}
        onLost={nothing}
        onTrouble={nothing}
      />
      {help ? <TaskKeys rehearsal="quiz" task={item} onClose={() => setHelp(false)} /> : null}
    </>
  );
}
