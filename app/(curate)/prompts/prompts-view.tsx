"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { Pager } from "@/app/(curate)/pager";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Checkbox } from "@/app/ui/checkbox";
import { EmptyState } from "@/app/ui/empty-state";
import { Select } from "@/app/ui/select";
import { TextField } from "@/app/ui/text-field";
import type { CampaignId } from "@/server/domain/ids";
import { AddPrompts } from "./add-prompts";
import { PromptTable } from "./prompt-table";

const perPage = 50;
type Split = "train" | "heldout";

/** A campaign's prompts: what there is, what is used, add and remove. */
export function PromptsView({ campaignId, admin }: { campaignId: CampaignId; admin: boolean }) {
  const t = useT();
  const trpc = useTRPC();
  const [search, setSearch] = useState("");
  const [split, setSplit] = useState<Split | "">("");
  const [unused, setUnused] = useState(false);
  const [page, setPage] = useState(0);
  const filter = { search: useDeferredValue(search), split: split || undefined, unused };
  const prompts = useQuery({
    ...trpc.prompts.list.queryOptions({ campaignId, ...filter, page }),
    placeholderData: keepPreviousData,
  });
  const filtered = search !== "" || split !== "" || unused;
  const back = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      setPage(0);
    };
  };
  return (
    <>
      {admin && <AddPrompts campaignId={campaignId} />}
      <Loaded query={prompts}>
        {({ rows, total, counts }) =>
          counts.total === 0 ? (
            <EmptyState title={t("prompts.empty.title")}>{t("prompts.empty")}</EmptyState>
          ) : (
            <>
              <p className="mb-4 text-muted" data-testid="prompt-counts">
                {t("prompts.state", {
                  count: counts.total,
                  heldout: counts.heldout,
                  unanswered: counts.unanswered,
                })}
              </p>
              <div className="mb-4 flex flex-wrap items-end gap-4">
                <TextField
                  type="search"
                  label={t("prompts.search")}
                  value={search}
                  onChange={(event) => back(setSearch)(event.target.value)}
                  className="w-64"
                />
                <Select
                  label={t("prompts.split")}
                  value={split}
                  onChange={(event) => back(setSplit)(event.target.value as Split | "")}
                  options={[
                    { value: "", label: t("prompts.split.all") },
                    { value: "train", label: t("prompts.split.train") },
                    { value: "heldout", label: t("prompts.split.heldout") },
                  ]}
                  className="w-36"
                />
                <Checkbox
                  label={t("prompts.unused")}
                  checked={unused}
                  onChange={(event) => back(setUnused)(event.target.checked)}
                  className="min-h-9"
                />
              </div>
              {rows.length === 0 ? (
                <p className="py-6 text-muted">
                  {t(filtered ? "prompts.noMatch" : "prompts.empty.title")}
                </p>
              ) : (
                <PromptTable
                  key={`${page} ${JSON.stringify(filter)}`}
                  campaignId={campaignId}
                  rows={rows}
                  admin={admin}
                />
              )}
              <Pager
                page={page}
                more={(page + 1) * perPage < total}
                onPage={setPage}
                text={t("prompts.pages", {
                  from: page * perPage + 1,
                  to: page * perPage + rows.length,
                  total,
                })}
              />
            </>
          )
        }
      </Loaded>
    </>
  );
}
