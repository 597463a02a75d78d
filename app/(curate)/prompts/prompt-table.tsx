"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Table } from "@/app/ui/table";
import { useToast } from "@/app/ui/toast";
import type { CampaignId, PromptId } from "@/server/domain/ids";

interface PromptTableProps {
  campaignId: CampaignId;
  rows: Outputs["prompts"]["list"]["rows"];
  admin: boolean;
}

/** One page of prompts; an admin can select unused ones and remove them. */
export function PromptTable({ campaignId, rows, admin }: PromptTableProps) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const [selected, setSelected] = useState<ReadonlySet<PromptId>>(new Set());
  const remove = useMutation(
    trpc.prompts.remove.mutationOptions({
      onError: (error) => toast({ text: errorMessage(error, t), tone: "danger" }),
      onSuccess: async ({ removed, kept }) => {
        setSelected(new Set());
        const stayed = kept > 0 ? ` ${t("prompts.kept", { count: kept })}` : "";
        toast({ text: t("prompts.removed", { count: removed }) + stayed });
        await queries.invalidateQueries(trpc.prompts.pathFilter());
      },
    }),
  );
  const toggle = (id: PromptId) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  const unused = rows.filter((row) => !row.used);
  const all = unused.length > 0 && unused.every((row) => selected.has(row.id));
  return (
    <>
      {admin && selected.size > 0 && (
        <div className="mb-3">
          <Button
            look="danger"
            busy={remove.isPending}
            icon={<Trash2 aria-hidden className="size-4" />}
            onClick={() => remove.mutate({ campaignId, promptIds: [...selected] })}
          >
            {t("prompts.remove", { count: selected.size })}
          </Button>
        </div>
      )}
      <Table
        caption={t("prompts.table")}
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          ...(admin
            ? [
                {
                  key: "select",
                  header: (
                    <input
                      type="checkbox"
                      aria-label={t("prompts.selectAll")}
                      disabled={unused.length === 0}
                      checked={all}
                      onChange={() =>
                        setSelected(all ? new Set() : new Set(unused.map((row) => row.id)))
                      }
                      className="size-4 pointer-coarse:size-5"
                    />
                  ),
                  cell: (row: (typeof rows)[number]) =>
                    !row.used && (
                      <input
                        type="checkbox"
                        aria-label={t("prompts.select", { text: row.text.slice(0, 60) })}
                        checked={selected.has(row.id)}
                        onChange={() => toggle(row.id)}
                        className="size-4 pointer-coarse:size-5"
                      />
                    ),
                },
              ]
            : []),
          {
            key: "text",
            header: t("prompts.text"),
            rowHeader: true,
            className: "w-full min-w-56",
            cell: (row) => <span className="line-clamp-3 whitespace-pre-wrap">{row.text}</span>,
          },
          {
            key: "split",
            header: t("prompts.split"),
            cell: (row) => t(`prompts.split.${row.split}`),
          },
          {
            key: "use",
            header: t("prompts.use"),
            cell: (row) => t(row.used ? "prompts.use.yes" : "prompts.use.no"),
          },
          {
            key: "source",
            header: t("prompts.source"),
            cell: (row) => <span className="text-muted">{row.source}</span>,
          },
        ]}
      />
    </>
  );
}
