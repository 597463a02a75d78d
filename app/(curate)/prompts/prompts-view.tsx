"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { Pager } from "@/app/(curate)/pager";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import type { CampaignId } from "@/server/domain/ids";
import { type Filters, PromptFilters } from "./prompt-filters";
import { PromptTable } from "./prompt-table";

const perPage = 50;

/** A campaign's prompts: what there is, where from, what is used; import, archive and remove. */
export function PromptsView({ campaignId, admin }: { campaignId: CampaignId; admin: boolean }) {
  const t = useT();
  const trpc = useTRPC();
  const [filters, setFilters] = useState<Filters>({ search: "" });
  const [page, setPage] = useState(0);
  const filter = useDeferredValue(filters);
  const prompts = useQuery({
    ...trpc.prompts.list.queryOptions({ campaignId, ...filter, page }),
    placeholderData: keepPreviousData,
  });
  const home = `/curate/campaigns/${campaignId}/prompts`;
  const actions = (
    <>
      {admin && (
        <ButtonLink look="primary" href={`${home}/import`}>
          {t("import.open")}
        </ButtonLink>
      )}
      <ButtonLink href={`${home}/near`}>{t("near.title")}</ButtonLink>
      <ButtonLink href={`${home}/clusters`}>{t("clusters.title")}</ButtonLink>
    </>
  );
  return (
    <Loaded query={prompts}>
      {({ rows, total, counts }) =>
        counts.total + counts.archived === 0 ? (
          <EmptyState title={t("prompts.empty.title")} action={admin && actions}>
            {t("prompts.empty")}
          </EmptyState>
        ) : (
          <>
            <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
              <p className="text-muted" data-testid="prompt-counts">
                {t("prompts.state", {
                  count: counts.total,
                  heldout: counts.heldout,
                  unanswered: counts.unanswered,
                })}
                {counts.archived > 0 && ` ${t("prompts.archived", { count: counts.archived })}`}
              </p>
              <div className="flex flex-wrap gap-2">{actions}</div>
            </div>
            <PromptFilters
              campaignId={campaignId}
              value={filters}
              onChange={(value) => {
                setFilters(value);
                setPage(0);
              }}
            />
            {rows.length === 0 ? (
              <p className="py-6 text-muted">{t("prompts.noMatch")}</p>
            ) : (
              <PromptTable
                key={`${page} ${JSON.stringify(filter)}`}
                campaignId={campaignId}
                rows={rows}
                admin={admin}
                archived={filter.state === "archived"}
              />
            )}
            <Pager page={page} onPage={setPage} of={{ perPage, total }} />
          </>
        )
      }
    </Loaded>
  );
}
