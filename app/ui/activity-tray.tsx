"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "./button";
import { cx } from "./class-names";
import { Link } from "./link";
import { Popup } from "./popup";
import { Progress } from "./progress";
import { durationText } from "./relative-time-text";

type Job = Outputs["jobs"]["activity"][number];

const isActive = (job: Job) => job.status === "running" || job.status === "queued";

/** Where a job's work can be watched. */
function placeOf(job: Job): string | null {
  if (job.runId) return `/research/runs/${job.runId}`;
  return job.campaignId ? `/curate/campaigns/${job.campaignId}` : null;
}

/** What the machine is doing: found again from every page, with its number and the way to stop it. */
export function ActivityTray() {
  const t = useT();
  const trpc = useTRPC();
  const [error, setError] = useState<string | null>(null);
  const jobs = useQuery(
    trpc.jobs.activity.queryOptions(
      {},
      // quick while something moves, seldom while nothing does
      { refetchInterval: (query) => (query.state.data?.some(isActive) ? 2000 : 15_000) },
    ),
  );
  const queryClient = useQueryClient();
  const cancel = useMutation(
    trpc.jobs.cancel.mutationOptions({
      onMutate: () => setError(null),
      onError: (failure) => setError(errorMessage(failure, t)),
      onSettled: () => queryClient.invalidateQueries(trpc.jobs.activity.queryFilter()),
    }),
  );
  const shown = (jobs.data ?? []).filter(
    (job) => isActive(job) || job.status === "paused" || job.status === "failed",
  );
  const active = shown.filter(isActive).length;
  return (
    <Popup
      label={active > 0 ? t("tray.running", { count: active }) : t("tray.title")}
      button={
        <>
          <Activity aria-hidden className={cx("size-5", active > 0 && "text-accent")} />
          {active > 0 ? <span className="tabular">{active}</span> : null}
        </>
      }
      panelClassName="w-96 max-h-[70dvh] overflow-y-auto"
    >
      <p className="mb-3 text-sm font-semibold">{t("tray.title")}</p>
      {jobs.isError ? <p className="mb-3 text-sm text-danger">{t("tray.stale")}</p> : null}
      {error ? (
        <p role="alert" className="mb-3 text-sm text-danger">
          {error}
        </p>
      ) : null}
      {shown.length === 0 ? <p className="text-sm text-muted">{t("tray.idle")}</p> : null}
      <ul className="flex flex-col gap-4">
        {shown.map((job) => (
          <li key={job.id}>
            <JobLine
              job={job}
              onCancel={() => cancel.mutate({ jobId: job.id })}
              cancelling={cancel.isPending && cancel.variables.jobId === job.id}
            />
          </li>
        ))}
      </ul>
    </Popup>
  );
}

interface JobLineProps {
  job: Job;
  onCancel: () => void;
  cancelling: boolean;
}

function JobLine({ job, onCancel, cancelling }: JobLineProps) {
  const t = useT();
  const locale = useLocale();
  const place = placeOf(job);
  const name = t(`job.${job.name}`);
  const label = place ? <Link href={place}>{name}</Link> : name;
  if (job.status === "failed")
    return (
      <div className="text-sm">
        <p>
          {label} <span className="text-danger">{t("tray.failed")}</span>
        </p>
        <p className="text-muted">{job.error}</p>
      </div>
    );
  const left =
    job.secondsLeft === null || job.status === "paused"
      ? null
      : t("tray.left", { time: durationText(job.secondsLeft, locale) });
  return (
    <>
      <Progress
        label={label}
        value={job.status === "queued" ? 0 : job.progress}
        text={
          job.status === "queued"
            ? t("tray.queued")
            : job.status === "paused"
              ? t("tray.paused")
              : undefined
        }
      />
      <div className="mt-1 flex items-start justify-between gap-4">
        <p className="text-sm text-muted">{[job.message, left].filter(Boolean).join(" · ")}</p>
        <Button
          look="quiet"
          className="-my-1 shrink-0"
          busy={cancelling || job.cancelRequested}
          busyText={t("tray.cancelling")}
          onClick={onCancel}
        >
          {t("tray.cancel")}
        </Button>
      </div>
    </>
  );
}
