"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { Pager } from "@/app/(curate)/pager";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { Section } from "@/app/ui/page-header";
import { Progress } from "@/app/ui/progress";
import { Select } from "@/app/ui/select";
import { useToast } from "@/app/ui/toast";
import type { CampaignId } from "@/server/domain/ids";
import { nearLevels } from "@/server/domain/prompts/import";
import { NearGroup } from "./near-group";
import { NearSearch } from "./near-search";

const perPage = 10;

/** Prompts that are much alike, in groups; an admin keeps one of each. */
export function NearView({ campaignId, admin }: { campaignId: CampaignId; admin: boolean }) {
  const t = useT();
  const trpc = useTRPC();
  const [atLeast, setAtLeast] = useState<number>(nearLevels[0]);
  const [page, setPage] = useState(0);
  const near = useQuery({
    ...trpc.prompts.near.queryOptions({ campaignId, atLeast, page }),
    placeholderData: keepPreviousData,
  });
  const percent = (level: number) =>
    t("near.atLeast.percent", { percent: Math.round(level * 100) });
  return (
    <>
      <NearSearch campaignId={campaignId} />
      <Loaded query={near}>
        {({ groups, total, extra, left }) => (
          <Section
            title={t("near.title")}
            state={total > 0 ? t("near.state", { count: total, extra }) : undefined}
          >
            {left > 0 && <Compare campaignId={campaignId} count={left} />}
            <Select
              label={t("near.atLeast")}
              className="mb-6 max-w-xs"
              value={String(atLeast)}
              onChange={(event) => {
                setAtLeast(Number(event.target.value));
                setPage(0);
              }}
              options={[
                ...nearLevels.map((level) => ({ value: String(level), label: percent(level) })),
                { value: "1", label: t("near.same") },
              ]}
            />
            {groups.length === 0 ? (
              <EmptyState title={t("near.none")}>{t("near.none.what")}</EmptyState>
            ) : (
              <ul className="flex flex-col gap-8">
                {groups.map((group) => (
                  <li key={group.groupId}>
                    <NearGroup
                      campaignId={campaignId}
                      group={group}
                      atLeast={atLeast}
                      admin={admin}
                    />
                  </li>
                ))}
              </ul>
            )}
            <Pager page={page} onPage={setPage} of={{ perPage, total }} />
          </Section>
        )}
      </Loaded>
    </>
  );
}

/** Compares prompts that were stored without, step by step; what is done stays when the page is left. */
function Compare({ campaignId, count }: { campaignId: CampaignId; count: number }) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const [left, setLeft] = useState<number | null>(null);
  const compare = useMutation(trpc.prompts.compare.mutationOptions());
  async function run(): Promise<void> {
    try {
      let now = count;
      while (now > 0) {
        setLeft(now);
        ({ left: now } = await compare.mutateAsync({ campaignId }));
      }
    } catch (error) {
      toast({ text: errorMessage(error, t), tone: "danger" });
    }
    setLeft(null);
    await queries.invalidateQueries(trpc.prompts.near.pathFilter());
  }
  return (
    <div className="mb-6 max-w-md">
      {left === null ? (
        <>
          <p className="mb-2 text-sm text-muted">{t("near.compare.why")}</p>
          <Button onClick={() => void run()}>{t("near.compare", { count })}</Button>
        </>
      ) : (
        <Progress
          label={t("near.comparing")}
          value={count - left}
          max={count}
          text={t("near.comparing.left", { count: left })}
        />
      )}
    </div>
  );
}
