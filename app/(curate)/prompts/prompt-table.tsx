"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Trash2 } from "lucide-react";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { FoldedText } from "@/app/ui/folded-text";
import { Table } from "@/app/ui/table";
import { useToast } from "@/app/ui/toast";
import type { CampaignId, PromptId } from "@/server/domain/ids";
import { MoveDialog } from "./move-dialog";

interface PromptTableProps {
  campaignId: CampaignId;
  rows: Outputs["prompts"]["list"]["rows"];
  admin: boolean;
  /** Whether these are the archived ones: they can be restored. */
  archived: boolean;
}

/** One page of prompts; an admin selects some, to archive, restore, or (unused ones) remove them. */
export function PromptTable({ campaignId, rows, admin, archived }: PromptTableProps) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const [selected, setSelected] = useState<ReadonlySet<PromptId>>(new Set());
  const [moving, setMoving] = useState(false);
  const onError = (error: unknown) => toast({ text: errorMessage(error, t), tone: "danger" });
  const done = async (text: string) => {
    setSelected(new Set());
    toast({ text });
    await queries.invalidateQueries(trpc.prompts.pathFilter());
  };
  const remove = useMutation(
    trpc.prompts.remove.mutationOptions({
      onError,
      onSuccess: ({ removed, kept }) => {
        const stayed = kept > 0 ? ` ${t("prompts.kept", { count: kept })}` : "";
        return done(t("prompts.removed", { count: removed }) + stayed);
      },
    }),
  );
  const archive = useMutation(
    trpc.prompts.archive.mutationOptions({
      onError,
      onSuccess: (result) => done(t("prompts.archive.done", { count: result.archived })),
    }),
  );
  const restore = useMutation(
    trpc.prompts.restore.mutationOptions({
      onError,
      onSuccess: (result) => done(t("prompts.restore.done", { count: result.restored })),
    }),
  );
  const toggle = (id: PromptId) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  const unused = rows.filter((row) => !row.used && selected.has(row.id)).map((row) => row.id);
  const all = rows.every((row) => selected.has(row.id));
  const promptIds = [...selected];
  const busy = remove.isPending || archive.isPending || restore.isPending;
  return (
    <>
      {admin && selected.size > 0 && (
        <div className="mb-3 flex flex-wrap gap-2">
          {archived ? (
            <Button
              busy={busy}
              icon={<ArchiveRestore aria-hidden className="size-4" />}
              onClick={() => restore.mutate({ campaignId, promptIds })}
            >
              {t("prompts.restore", { count: selected.size })}
            </Button>
          ) : (
            <Button
              busy={busy}
              icon={<Archive aria-hidden className="size-4" />}
              onClick={() => archive.mutate({ campaignId, promptIds })}
            >
              {t("prompts.archive", { count: selected.size })}
            </Button>
          )}
          <Button disabled={busy} onClick={() => setMoving(true)}>
            {t("prompts.move")}
          </Button>
          {unused.length > 0 && (
            <Button
              look="danger"
              busy={busy}
              icon={<Trash2 aria-hidden className="size-4" />}
              onClick={() => remove.mutate({ campaignId, promptIds: unused })}
            >
              {t("prompts.remove", { count: unused.length })}
            </Button>
          )}
        </div>
      )}
      {moving && (
        <MoveDialog
          campaignId={campaignId}
          promptIds={promptIds}
          onClose={() => setMoving(false)}
          onMoved={(count) => done(t("prompts.moved", { count }))}
        />
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
                    <Pick
                      label={t("prompts.selectPage")}
                      checked={all}
                      onChange={() =>
                        setSelected(all ? new Set() : new Set(rows.map((row) => row.id)))
                      }
                    />
                  ),
                  cell: (row: (typeof rows)[number]) => (
                    <Pick
                      label={t("prompts.select", { text: row.text.slice(0, 60) })}
                      checked={selected.has(row.id)}
                      onChange={() => toggle(row.id)}
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
            cell: (row) => (
              <>
                <FoldedText text={row.text} />
                {row.label !== null && (
                  <span className="mt-1 flex gap-2 text-sm text-muted">
                    {t("prompts.label")} <FoldedText text={row.label} />
                  </span>
                )}
              </>
            ),
          },
          {
            key: "split",
            header: t("prompts.split"),
            className: "whitespace-nowrap",
            cell: (row) => t(`prompts.split.${row.split}`),
          },
          {
            key: "use",
            header: t("prompts.use"),
            cell: (row) => t(row.used ? "prompts.use.yes" : "prompts.use.no"),
          },
          {
            key: "cluster",
            header: t("prompts.cluster"),
            cell: (row) => <span className="text-muted">{row.cluster}</span>,
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

/** A checkbox of a table, with room for a finger. */
function Pick(props: { label: string; checked: boolean; onChange: () => void }) {
  const { label, checked, onChange } = props;
  return (
    <label className="grid min-h-6 min-w-6 place-items-center pointer-coarse:min-h-11 pointer-coarse:min-w-11">
      <input type="checkbox" aria-label={label} className="size-4" {...{ checked, onChange }} />
    </label>
  );
}
