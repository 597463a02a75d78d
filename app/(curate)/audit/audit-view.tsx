"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { CampaignSelect } from "@/app/(curate)/campaign-select";
import { Loaded } from "@/app/(curate)/loaded";
import { Pager } from "@/app/(curate)/pager";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { EmptyState } from "@/app/ui/empty-state";
import { PageHeader } from "@/app/ui/page-header";
import { type Option, Select } from "@/app/ui/select";
import { TextField } from "@/app/ui/text-field";
import { auditActions } from "@/server/domain/audit";
import type { CampaignId } from "@/server/domain/ids";
import { AuditTable } from "./audit-table";

const perPage = 50;

type NounOf<Action extends string> = Action extends `${infer Noun}.${string}` ? Noun : never;
type Noun = NounOf<(typeof auditActions)[number]>;
const nouns = [...new Set(auditActions.map((action) => action.split(".")[0] as Noun))];

interface AuditViewProps {
  search: string;
  /** Absent: of the whole install. */
  campaignId?: CampaignId;
  campaigns: readonly Option[];
  /** An admin of all campaigns. */
  everywhere: boolean;
}

/** Every change, newest first, found by words, by kind and by campaign. */
export function AuditView(props: AuditViewProps) {
  const { search: asked, campaignId, campaigns, everywhere } = props;
  const t = useT();
  const trpc = useTRPC();
  const [search, setSearch] = useState(asked);
  const [noun, setNoun] = useState("");
  const [page, setPage] = useState(0);
  const entries = useQuery({
    ...trpc.people.audit.queryOptions({
      search: useDeferredValue(search) || undefined,
      noun: noun || undefined,
      campaignId,
      page,
    }),
    placeholderData: keepPreviousData,
  });
  const total = entries.data?.total;
  return (
    <>
      <PageHeader
        title={t("audit.title")}
        state={
          <>
            {total === undefined ? null : <span>{t("audit.state", { count: total })} </span>}
            {t("audit.what")}
          </>
        }
        action={
          campaigns.length > (everywhere ? 0 : 1) && (
            <CampaignSelect
              path="/curate/audit"
              value={campaignId ?? ""}
              options={campaigns}
              all={everywhere ? t("audit.everything") : undefined}
            />
          )
        }
      />
      <div className="mb-4 flex flex-wrap items-end gap-4">
        <TextField
          type="search"
          label={t("audit.search")}
          help={t("audit.search.help")}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setPage(0);
          }}
          className="w-72 max-w-full"
        />
        <Select
          label={t("audit.noun")}
          value={noun}
          onChange={(event) => {
            setNoun(event.target.value);
            setPage(0);
          }}
          placeholder={t("audit.noun.all")}
          options={nouns.map((value) => ({ value, label: t(`audit.noun.${value}`) }))}
          className="w-44"
        />
      </div>
      <Loaded query={entries}>
        {({ rows, total: all }) => (
          <>
            <AuditTable
              rows={rows}
              empty={<EmptyState title={t("audit.empty.title")}>{t("audit.empty")}</EmptyState>}
            />
            <Pager page={page} onPage={setPage} of={{ perPage, total: all }} />
          </>
        )}
      </Loaded>
    </>
  );
}
