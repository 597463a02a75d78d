"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { Pager } from "@/app/(curate)/pager";
import { useQueueKeys } from "@/app/(curate)/review/use-queue-keys";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { EmptyState } from "@/app/ui/empty-state";
import { Select } from "@/app/ui/select";
import type { CampaignId, UserId } from "@/server/domain/ids";
import { type ShownTasks, zShownTasks } from "@/server/domain/shown-tasks";
import type { ConsensusTask } from "./consensus-task";
import { OrderDialog, type Ordering } from "./order-dialog";
import { TaskItem } from "./task-item";

const perPage = 10;

interface ConsensusViewProps {
  /** Absent: of all campaigns. */
  campaignId?: CampaignId;
  show?: ShownTasks;
  /** Instead: what this labeler ranked. */
  labelerId?: UserId;
}

/** Tasks that several labelers ranked: what the votes come to, and an expert's word where they differ. */
export function ConsensusView(props: ConsensusViewProps) {
  const { campaignId, show: first = "disputed", labelerId } = props;
  const t = useT();
  const trpc = useTRPC();
  const [show, setShow] = useState(first);
  const [page, setPage] = useState(0);
  const [ordering, setOrdering] = useState<{ kind: Ordering; task: ConsensusTask } | null>(null);
  const list = useQuery({
    ...trpc.quality.consensus.queryOptions({ campaignId, show, labelerId, page }),
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.rows ?? [];
  const queue = useQueueKeys<HTMLOListElement>();
  return (
    <>
      {labelerId ? null : (
        <Select
          label={t("consensus.show")}
          value={show}
          onChange={(event) => {
            setShow(zShownTasks.catch("disputed").parse(event.target.value));
            setPage(0);
          }}
          options={zShownTasks.options
            .filter((value) => value !== "tasks" || campaignId !== undefined)
            .map((value) => ({ value, label: t(`consensus.show.${value}`) }))}
          className="mb-4 w-52"
        />
      )}
      <Loaded query={list}>
        {({ total, shared, disputed, looked }) => (
          <>
            <p className="mb-6 text-sm text-muted">
              {labelerId
                ? t("disputes.theirs", { count: total })
                : t("consensus.state", { shared, disputed })}{" "}
              {!labelerId && looked !== null && t("consensus.looked", { count: looked })}{" "}
              {rows.length > 1 && t("consensus.keys")}{" "}
              {rows.some(({ may, votes }) => may.settle && votes.length > 0) &&
                t("consensus.keys.settle")}{" "}
              {rows.some(({ may }) => may.makeGold) && t("consensus.keys.gold")}
            </p>
            {rows.length === 0 ? (
              <Nothing show={show} />
            ) : (
              <>
                <ol ref={queue} className="flex flex-col">
                  {rows.map((task, index) => (
                    <TaskItem
                      key={task.taskId}
                      task={task}
                      number={page * perPage + index + 1}
                      named={campaignId === undefined}
                      onOrder={(kind) => setOrdering({ kind, task })}
                    />
                  ))}
                </ol>
                <Pager page={page} onPage={setPage} of={{ perPage, total }} />
              </>
            )}
          </>
        )}
      </Loaded>
      {ordering && <OrderDialog {...ordering} onClose={() => setOrdering(null)} />}
    </>
  );
}

function Nothing({ show }: { show: ShownTasks }) {
  const t = useT();
  if (show !== "disputed") return <p className="py-6 text-muted">{t(`consensus.empty.${show}`)}</p>;
  return (
    <EmptyState title={t("consensus.empty.disputed.title")}>
      {t("consensus.empty.disputed")}
    </EmptyState>
  );
}
