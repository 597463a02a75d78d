"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button, ButtonLink } from "@/app/ui/button";
import { useToast } from "@/app/ui/toast";
import { isLive } from "../run-words";

/** What can be done with a run as it stands: again with changes, paused, resumed, cancelled. */
export function RunActions({ run }: { run: Outputs["runs"]["get"] }) {
  const t = useT();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const { id } = run;
  const onError = (error: unknown) => toast({ text: errorMessage(error, t), tone: "danger" });
  const onSettled = () => queries.invalidateQueries(trpc.runs.get.queryFilter({ id }));
  const cancel = useMutation(
    trpc.runs.cancel.mutationOptions({
      onSuccess: () => toast({ text: t("runs.cancelling") }),
      onError,
      onSettled,
    }),
  );
  const pause = useMutation(trpc.runs.pause.mutationOptions({ onError, onSettled }));
  const resume = useMutation(trpc.runs.resume.mutationOptions({ onError, onSettled }));
  const live = isLive(run);
  const paused = run.status === "paused";
  const cancelling = run.job?.cancelRequested === true && live;
  const pausing = run.job?.pauseRequested === true && live;
  return (
    <>
      <ButtonLink href={`/research/runs/new?from=${id}`}>{t("runs.clone")}</ButtonLink>
      {live && !cancelling ? (
        <Button
          busy={pause.isPending || pausing}
          busyText={t("runs.pausing")}
          onClick={() => pause.mutate({ id })}
        >
          {t("runs.pause")}
        </Button>
      ) : null}
      {paused ? (
        <Button look="primary" busy={resume.isPending} onClick={() => resume.mutate({ id })}>
          {t("runs.resume")}
        </Button>
      ) : null}
      {live || paused ? (
        <Button
          look="danger"
          busy={cancel.isPending || cancelling}
          busyText={t("runs.cancelling")}
          onClick={() => cancel.mutate({ id })}
        >
          {t("runs.cancel")}
        </Button>
      ) : null}
    </>
  );
}
