"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button, ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { ErrorState } from "@/app/ui/error-state";
import { useToast } from "@/app/ui/toast";
import type { CampaignId } from "@/server/domain/ids";
import type { DemonstrationTask } from "@/server/services/demonstrations";
import type { OwnPay } from "@/server/services/own-pay";
import { PayLine } from "../pay-line";
import { SkipDialog } from "../skip-dialog";
import { forgetText } from "./use-kept-text";
import { WritingTask } from "./writing-task";

interface DemonstrationDeskProps {
  campaignId?: CampaignId;
  initialTask: DemonstrationTask | null;
  initialProgress: Outputs["demonstrations"]["progress"];
  initialPay: OwnPay[];
}

/** Prompt after prompt, an answer to each. */
export function DemonstrationDesk(props: DemonstrationDeskProps) {
  const { campaignId, initialTask, initialProgress, initialPay } = props;
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const [task, setTask] = useState(initialTask);
  const [skipping, setSkipping] = useState(false);

  const progress = useQuery(
    trpc.demonstrations.progress.queryOptions(undefined, { initialData: initialProgress }),
  );
  const pay = useQuery(trpc.work.pay.queryOptions(undefined, { initialData: initialPay }));
  const next = useMutation(trpc.demonstrations.next.mutationOptions({ onSuccess: setTask }));
  const goOn = () => {
    if (task) forgetText(task.demonstrationId);
    setSkipping(false);
    void progress.refetch();
    void pay.refetch();
    next.mutate({ campaignId });
  };
  const submit = useMutation(
    trpc.demonstrations.submit.mutationOptions({
      onSuccess: ({ taken }) => {
        if (!taken) return; // written on elsewhere: its author reads both first
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
  const here = progress.data.find((row) => row.campaignId === task.campaign.id);
  return (
    <>
      <WritingTask
        key={task.demonstrationId}
        task={task}
        state={
          <>
            {here ? <span>{t("demonstrate.left", { count: here.left })}</span> : null}
            <PayLine pay={pay.data.find((row) => row.campaignId === task.campaign.id)} />
          </>
        }
        busy={submit.isPending || next.isPending}
        error={submit.error ? errorMessage(submit.error, t) : null}
        onSubmit={(written) =>
          submit.mutateAsync({ demonstrationId: task.demonstrationId, ...written })
        }
        onNext={goOn}
        skip={
          <Button onClick={() => setSkipping(true)} disabled={next.isPending}>
            {t("rank.skip")}
          </Button>
        }
      />
      <SkipDialog
        key={`skip ${task.demonstrationId}`} // a reason is one task's
        open={skipping}
        onClose={() => setSkipping(false)}
        busy={skip.isPending}
        error={skip.error ? errorMessage(skip.error, t) : null}
        onSkip={(input) => skip.mutate({ demonstrationId: task.demonstrationId, ...input })}
      />
    </>
  );
}
