"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button, ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { ErrorState } from "@/app/ui/error-state";
import { useToast } from "@/app/ui/toast";
import type { CampaignId } from "@/server/domain/ids";
import type { DemonstrationTask } from "@/server/services/demonstrations";
import { SkipDialog } from "../skip-dialog";
import { forgetText } from "./use-kept-text";
import { WritingTask } from "./writing-task";

interface DemonstrationDeskProps {
  campaignId?: CampaignId;
  initialTask: DemonstrationTask | null;
}

/** Prompt after prompt, an answer to each. */
export function DemonstrationDesk({ campaignId, initialTask }: DemonstrationDeskProps) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const [task, setTask] = useState(initialTask);
  const [skipping, setSkipping] = useState(false);

  const next = useMutation(trpc.demonstrations.next.mutationOptions({ onSuccess: setTask }));
  const goOn = () => {
    if (task) forgetText(task.demonstrationId);
    setSkipping(false);
    next.mutate({ campaignId });
  };
  const submit = useMutation(
    trpc.demonstrations.submit.mutationOptions({
      onSuccess: () => {
        toast({ text: t("demonstrate.sent") });
        goOn();
      },
    }),
  );
  const skip = useMutation(trpc.demonstrations.skip.mutationOptions({ onSuccess: goOn }));

  if (next.error)
    return (
      <ErrorState
        message={errorMessage(next.error, t)}
        onRetry={() => next.mutate({ campaignId })}
      />
    );
  if (!task)
    return (
      <EmptyState
        title={<h1>{t("demonstrate.nothingLeft")}</h1>}
        action={<ButtonLink href="/label">{t("rank.nothingLeft.home")}</ButtonLink>}
      >
        {t("demonstrate.nothingLeft.text")}
      </EmptyState>
    );
  return (
    <>
      <WritingTask
        key={task.demonstrationId}
        task={task}
        busy={submit.isPending || next.isPending}
        error={submit.error ? errorMessage(submit.error, t) : null}
        onSubmit={(text) => submit.mutate({ demonstrationId: task.demonstrationId, text })}
        skip={
          <Button onClick={() => setSkipping(true)} disabled={next.isPending}>
            {t("rank.skip")}
          </Button>
        }
      />
      <SkipDialog
        open={skipping}
        onClose={() => setSkipping(false)}
        busy={skip.isPending}
        error={skip.error ? errorMessage(skip.error, t) : null}
        onSkip={(input) => skip.mutate({ demonstrationId: task.demonstrationId, ...input })}
      />
    </>
  );
}
