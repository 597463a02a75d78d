"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CampaignSelect } from "@/app/(curate)/campaign-select";
import { Loaded } from "@/app/(curate)/loaded";
import { Pager } from "@/app/(curate)/pager";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { EmptyState } from "@/app/ui/empty-state";
import { PageHeader } from "@/app/ui/page-header";
import { Select } from "@/app/ui/select";
import type { CampaignId } from "@/server/domain/ids";
import { DemonstrationItem } from "./demonstration-item";
import { useQueueKeys } from "./use-queue-keys";

const perPage = 20;
const shownStatuses = ["submitted", "accepted", "rejected"] as const;
type Shown = (typeof shownStatuses)[number];

interface ReviewViewProps {
  campaignId?: CampaignId;
  campaigns: { value: string; label: string }[];
  /** A reviewer of all campaigns. */
  everywhere: boolean;
}

/** Demonstrations to accept, mend or reject, the longest wait first; and what became of the others. */
export function ReviewView({ campaignId, campaigns, everywhere }: ReviewViewProps) {
  const t = useT();
  const trpc = useTRPC();
  const [status, setStatus] = useState<Shown>("submitted");
  const [page, setPage] = useState(0);
  const list = useQuery({
    ...trpc.demonstrations.list.queryOptions({
      campaignId,
      status,
      offset: page * perPage,
      limit: perPage,
    }),
    refetchInterval: 10_000,
  });
  const queue = useQueueKeys<HTMLUListElement>();
  const waiting = status === "submitted" ? list.data?.total : undefined;
  return (
    <>
      <PageHeader
        title={t("review.title")}
        state={waiting === undefined ? undefined : t("review.state", { count: waiting })}
        action={
          campaigns.length > 1 && (
            <CampaignSelect
              path="/curate/demonstrations"
              value={campaignId ?? ""}
              options={campaigns}
              all={everywhere ? t("review.campaign.all") : undefined}
            />
          )
        }
      />
      <Select
        label={t("review.filter")}
        value={status}
        onChange={(event) => {
          setStatus(shownStatuses.find((one) => one === event.target.value) ?? "submitted");
          setPage(0);
        }}
        options={shownStatuses.map((value) => ({ value, label: t(`review.filter.${value}`) }))}
        className="mb-6 w-44"
      />
      <Loaded query={list}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <Nothing status={status} />
          ) : (
            <>
              <p className="mb-2 text-sm text-muted">{t("review.keys")}</p>
              <ul ref={queue}>
                {rows.map((row) => (
                  <DemonstrationItem key={row.id} row={row} />
                ))}
              </ul>
              <Pager page={page} onPage={setPage} of={{ perPage, total }} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Nothing({ status }: { status: Shown }) {
  const t = useT();
  if (status !== "submitted") {
    return <p className="py-6 text-muted">{t(`review.empty.${status}`)}</p>;
  }
  return <EmptyState title={t("review.empty.title")}>{t("review.empty")}</EmptyState>;
}
