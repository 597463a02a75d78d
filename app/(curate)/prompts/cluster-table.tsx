"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { ErrorState } from "@/app/ui/error-state";
import { Table } from "@/app/ui/table";
import { TextField } from "@/app/ui/text-field";
import type { CampaignId } from "@/server/domain/ids";

interface ClusterTableProps {
  campaignId: CampaignId;
  rows: Outputs["prompts"]["clusters"];
  admin: boolean;
}

/** Each cluster with its words, its size and its coverage; an admin gives it a better name. */
export function ClusterTable({ campaignId, rows, admin }: ClusterTableProps) {
  const t = useT();
  const [renamed, setRenamed] = useState<string | null>(null);
  return (
    <>
      <Table
        caption={t("clusters.table")}
        rows={rows}
        rowKey={(row) => row.name ?? ""}
        columns={[
          {
            key: "name",
            header: t("clusters.name"),
            rowHeader: true,
            className: "min-w-36",
            cell: (row) => row.name ?? <span className="text-muted">{t("clusters.none")}</span>,
          },
          {
            key: "words",
            header: t("clusters.words"),
            className: "w-full min-w-48",
            cell: (row) => <span className="text-muted">{row.words.join(", ")}</span>,
          },
          {
            key: "prompts",
            header: t("clusters.prompts"),
            align: "end",
            cell: (row) => row.prompts,
          },
          { key: "asked", header: t("clusters.asked"), align: "end", cell: (row) => row.asked },
          {
            key: "rankings",
            header: t("clusters.rankings"),
            align: "end",
            cell: (row) => row.rankings,
          },
          ...(admin
            ? [
                {
                  key: "rename",
                  header: <span className="sr-only">{t("clusters.rename")}</span>,
                  cell: ({ name }: (typeof rows)[number]) =>
                    name !== null && (
                      <Button
                        look="quiet"
                        aria-label={t("clusters.rename.of", { name })}
                        onClick={() => setRenamed(name)}
                      >
                        {t("clusters.rename")}
                      </Button>
                    ),
                },
              ]
            : []),
        ]}
      />
      {renamed !== null && (
        <RenameDialog campaignId={campaignId} name={renamed} onClose={() => setRenamed(null)} />
      )}
    </>
  );
}

interface RenameDialogProps {
  campaignId: CampaignId;
  name: string;
  onClose: () => void;
}

function RenameDialog({ campaignId, name, onClose }: RenameDialogProps) {
  const t = useT();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [to, setTo] = useState(name);
  const rename = useMutation(
    trpc.prompts.renameCluster.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queries.invalidateQueries(trpc.prompts.pathFilter());
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate({ campaignId, from: name, to });
  };
  return (
    <Dialog open onClose={onClose} title={t("clusters.rename.of", { name })}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t("clusters.name")}
          help={t("clusters.rename.help")}
          value={to}
          maxLength={200}
          onChange={(event) => setTo(event.target.value)}
        />
        {rename.isError && <ErrorState message={errorMessage(rename.error, t)} />}
        <div className="flex justify-end">
          <Button type="submit" look="primary" disabled={to.trim() === ""} busy={rename.isPending}>
            {t("clusters.rename")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
