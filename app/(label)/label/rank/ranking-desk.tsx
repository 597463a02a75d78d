"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Keyboard } from "lucide-react";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC, useTRPCClient } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { ErrorState } from "@/app/ui/error-state";
import { useToast } from "@/app/ui/toast";
import type { CampaignId } from "@/server/domain/ids";
import type { LabelerTask, LabelingProgress } from "@/server/services/labeling";
import type { OwnPay } from "@/server/services/own-pay";
import { Guidelines } from "../guidelines";
import { KeepingNotices, Notice } from "../notices";
import { PayLine } from "../pay-line";
import { SkipDialog } from "../skip-dialog";
import { ChangedGuidelines } from "./changed-guidelines";
import { keepDraft, type Parcel } from "./kept";
import { NothingLeft } from "./nothing-left";
import { TaskDesk, TaskKeys } from "./task-desk";
import { type Trouble, useOutbox } from "./use-outbox";

interface RankingDeskProps {
  userId: string;
  campaignId?: CampaignId;
  initialTask: LabelerTask | null;
  initialProgress: LabelingProgress[];
  initialPay: OwnPay[];
}

/** Task after task: the next one is fetched while this one is read, and shown the moment this one is done. */
export function RankingDesk({
  userId,
  campaignId,
  initialTask,
  initialProgress,
  initialPay,
}: RankingDeskProps) {
  const t = useT();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const toast = useToast();
  const [given, setGiven] = useState(initialTask);
  const [skipped, setSkipped] = useState<readonly string[]>([]);
  const [lost, setLost] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>(null);
  const [dialog, setDialog] = useState<"skip" | "help" | null>(null);

  const progress = useQuery(
    trpc.labeling.progress.queryOptions(undefined, {
      initialData: initialProgress,
      refetchInterval: given ? 60_000 : 10_000,
    }),
  );
  const refetchProgress = progress.refetch;
  const pay = useQuery(trpc.work.pay.queryOptions(undefined, { initialData: initialPay }));
  const outbox = useOutbox(userId, {
    onTaken: (outcome) => {
      if (outcome === "late") toast({ text: t("rank.late") });
      void refetchProgress();
      void pay.refetch();
    },
    onRefused: (message) => toast({ text: message, tone: "danger" }),
  });
  const idle = outbox.waiting === 0;
  const unreached = outbox.trouble ?? trouble;

  const isDone = ({ assignmentId }: LabelerTask) =>
    outbox.sent.includes(assignmentId) || skipped.includes(assignmentId);
  const fetchNext = async (besides: LabelerTask["assignmentId"][]) => {
    const next = await client.labeling.next.mutate({ campaignId, besides });
    return next && !isDone(next) ? next : null;
  };
  // nothing at hand: ask once the server knows what is done, and again whenever something has come
  const current = progress.data.find(
    (row) => campaignId === undefined || row.campaignId === campaignId,
  );
  const left = progress.data
    .filter((row) => campaignId === undefined || row.campaignId === campaignId)
    .reduce((sum, row) => sum + row.left, 0);
  // a page that was closed before its last ranking arrived is given that task again
  const atHand = given && !isDone(given) ? given : null;
  const asked = useQuery({
    queryKey: ["next task", campaignId, outbox.sent.length + skipped.length, left],
    queryFn: () => fetchNext([]),
    enabled: !atHand && idle && left > 0,
    refetchInterval: (query) => (query.state.data ? false : 10_000),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const task = atHand ?? asked.data ?? null;
  const ahead = useQuery({
    queryKey: ["task ahead", task?.assignmentId],
    queryFn: () => fetchNext(task ? [task.assignmentId] : []),
    enabled: task !== null && idle,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

  const goOn = () => {
    setGiven(ahead.data ?? null);
    setLost(false);
    setTrouble(null);
    setDialog(null);
    window.scrollTo({ top: 0 });
  };
  const submit = (parcel: Parcel) => {
    outbox.send(parcel); // when it has arrived, progress is asked for
    goOn();
  };
  const skip = useMutation(
    trpc.labeling.skip.mutationOptions({
      onSuccess: (_, { assignmentId }) => {
        keepDraft(assignmentId, null);
        setSkipped([...skipped, assignmentId]);
        goOn();
        void refetchProgress();
      },
    }),
  );

  const shown = task ? progress.data.find((row) => row.campaignId === task.campaign.id) : current;
  const handlers = {
    onSubmit: submit,
    onSkip: () => setDialog("skip"),
    onHelp: () => setDialog("help"),
    onLost: setLost,
    onTrouble: setTrouble,
  };
  return (
    <>
      <header className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div>
          <h1 className="font-semibold">
            {shown
              ? task
                ? t(task.campaign.comparing ? "comparison.title" : "rank.title", {
                    campaign: shown.name,
                  })
                : shown.name
              : t("nav.ranking")}
          </h1>
          {shown ? (
            <p className="tabular flex flex-wrap gap-x-3 text-sm text-muted">
              <span>
                {t("rank.progress", {
                  done: shown.done,
                  wanted: shown.wanted,
                  round: shown.round,
                  mine: shown.mine,
                })}
              </span>
              <span>{t("rank.leftForYou", { count: shown.left })}</span>
              <PayLine pay={pay.data.find((row) => row.campaignId === shown.campaignId)} />
            </p>
          ) : null}
        </div>
        {task ? (
          <div className="flex gap-1">
            <Guidelines name={task.campaign.name} text={task.campaign.guidelines} />
            <Button
              look="quiet"
              className="pointer-coarse:hidden"
              icon={<Keyboard aria-hidden className="size-4" />}
              onClick={() => setDialog("help")}
            >
              {t("rank.shortcuts")}
            </Button>
          </div>
        ) : null}
      </header>
      <KeepingNotices
        trouble={unreached}
        waiting={outbox.waiting}
        unsaved={!idle || unreached !== null}
      />
      {task ? <ChangedGuidelines campaign={task.campaign} /> : null}
      {lost && task ? <Notice>{t("rank.lost")}</Notice> : null}
      {task ? (
        <TaskDesk task={task} {...handlers} />
      ) : asked.error ? (
        <ErrorState message={errorMessage(asked.error, t)} onRetry={() => void asked.refetch()} />
      ) : (
        <NothingLeft
          campaign={current}
          other={progress.data.find((row) => row.left > 0)}
          loading={!idle || left > 0}
        />
      )}
      {dialog === "help" && task ? <TaskKeys task={task} onClose={() => setDialog(null)} /> : null}
      <SkipDialog
        key={task?.assignmentId} // a reason is one task's
        open={dialog === "skip"}
        onClose={() => setDialog(null)}
        busy={skip.isPending}
        error={skip.error ? errorMessage(skip.error, t) : null}
        onSkip={(input) => task && skip.mutate({ assignmentId: task.assignmentId, ...input })}
      />
    </>
  );
}
