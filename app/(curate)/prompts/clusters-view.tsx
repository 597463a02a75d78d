"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { ErrorState } from "@/app/ui/error-state";
import { Section } from "@/app/ui/page-header";
import { Progress } from "@/app/ui/progress";
import { TextField } from "@/app/ui/text-field";
import { useToast } from "@/app/ui/toast";
import type { CampaignId } from "@/server/domain/ids";
import { ClusterTable } from "./cluster-table";

/** What a campaign's prompts are about, and how much of each was asked and ranked. */
export function ClustersView({ campaignId, admin }: { campaignId: CampaignId; admin: boolean }) {
  const t = useT();
  const trpc = useTRPC();
  const clusters = useQuery(trpc.prompts.clusters.queryOptions({ campaignId }));
  return (
    <Section title={t("clusters.title")} state={t("clusters.what")}>
      {admin && <MakeClusters campaignId={campaignId} />}
      <Loaded query={clusters}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t("clusters.empty")} />
          ) : (
            <ClusterTable campaignId={campaignId} rows={rows} admin={admin} />
          )
        }
      </Loaded>
    </Section>
  );
}

/** Asks the worker to sort prompts by topic, and says how far it is. */
function MakeClusters({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const [count, setCount] = useState("");
  const wanted = count.trim() === "" ? undefined : Number(count);
  const wrong =
    wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 2 && wanted <= 200)
      ? t("clusters.count.wrong")
      : null;
  const jobs = useQuery({
    ...trpc.jobs.activity.queryOptions({ campaignId }),
    refetchInterval: 2000,
  });
  const job = jobs.data?.find((one) => one.name === "cluster-prompts");
  const running = job?.status === "queued" || job?.status === "running";
  const ran = useRef(false);
  useEffect(() => {
    if (ran.current && !running) void queries.invalidateQueries(trpc.prompts.pathFilter());
    ran.current = running;
  }, [running, queries, trpc]);
  const make = useMutation(
    trpc.prompts.makeClusters.mutationOptions({
      onError: (error) => toast({ text: errorMessage(error, t), tone: "danger" }),
      onSuccess: () => queries.invalidateQueries(trpc.jobs.pathFilter()),
    }),
  );
  const begin = (all: boolean) => make.mutate({ campaignId, clusters: wanted, all });
  if (running)
    return (
      <Progress
        className="mb-6 max-w-md"
        label={job.message ?? t("clusters.making")}
        value={job.progress}
      />
    );
  return (
    <div className="mb-6 flex flex-col gap-3">
      {job?.status === "failed" && (
        <ErrorState message={t("clusters.failed", { error: job.error ?? "" })} />
      )}
      <TextField
        label={t("clusters.count")}
        help={t("clusters.count.help")}
        error={wrong}
        inputMode="numeric"
        value={count}
        onChange={(event) => setCount(event.target.value)}
        className="max-w-xs"
      />
      <div className="flex flex-wrap gap-2">
        <Button disabled={wrong !== null} busy={make.isPending} onClick={() => begin(false)}>
          {t("clusters.make")}
        </Button>
        <Button disabled={wrong !== null} busy={make.isPending} onClick={() => begin(true)}>
          {t("clusters.makeAll")}
        </Button>
      </div>
    </div>
  );
}
