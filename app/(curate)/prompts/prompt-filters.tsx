"use client";

import { useQuery } from "@tanstack/react-query";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Select } from "@/app/ui/select";
import { TextField } from "@/app/ui/text-field";
import type { CampaignId } from "@/server/domain/ids";

const splits = ["train", "heldout"] as const;
const states = ["unused", "used", "archived"] as const;

export interface Filters {
  search: string;
  split?: (typeof splits)[number];
  state?: (typeof states)[number];
  source?: string;
  /** Null: those that say none. */
  cluster?: string | null;
  language?: string | null;
}

interface PromptFiltersProps {
  campaignId: CampaignId;
  value: Filters;
  onChange: (value: Filters) => void;
}

interface Facet {
  value: string | null;
  n: number;
}

/** Search, and what prompts can be told apart by, each value with how many there are. */
export function PromptFilters({ campaignId, value, onChange }: PromptFiltersProps) {
  const t = useT();
  const trpc = useTRPC();
  const facets = useQuery(trpc.prompts.facets.queryOptions({ campaignId }));
  const set = (change: Partial<Filters>) => onChange({ ...value, ...change });
  const byFacet = (name: "source" | "cluster" | "language", all: readonly Facet[] | undefined) =>
    all && all.some((facet) => facet.value !== null) ? (
      <Select
        label={t(`prompts.${name}`)}
        className="w-44"
        value={value[name] === undefined ? "" : value[name] === null ? "-" : `=${value[name]}`}
        onChange={({ target }) =>
          set({
            [name]:
              target.value === "" ? undefined : target.value === "-" ? null : target.value.slice(1),
          })
        }
        options={[
          { value: "", label: t("prompts.any") },
          ...all.map((facet) => ({
            value: facet.value === null ? "-" : `=${facet.value}`,
            label: t("prompts.facet", {
              value: facet.value ?? t("prompts.noneSaid"),
              count: facet.n,
            }),
          })),
        ]}
      />
    ) : null;
  return (
    <div className="mb-4 flex flex-wrap items-end gap-4">
      <TextField
        type="search"
        label={t("prompts.search")}
        value={value.search}
        onChange={(event) => set({ search: event.target.value })}
        className="w-64"
      />
      <Select
        label={t("prompts.split")}
        value={value.split ?? ""}
        onChange={({ target }) => set({ split: splits.find((one) => one === target.value) })}
        options={[
          { value: "", label: t("prompts.split.all") },
          ...splits.map((one) => ({ value: one, label: t(`prompts.split.${one}`) })),
        ]}
        className="w-36"
      />
      <Select
        label={t("prompts.stateFilter")}
        value={value.state ?? ""}
        onChange={({ target }) => set({ state: states.find((one) => one === target.value) })}
        options={[
          { value: "", label: t("prompts.state.all") },
          ...states.map((one) => ({ value: one, label: t(`prompts.state.${one}`) })),
        ]}
        className="w-44"
      />
      {byFacet("source", facets.data?.sources)}
      {byFacet("cluster", facets.data?.clusters)}
      {byFacet("language", facets.data?.languages)}
    </div>
  );
}
