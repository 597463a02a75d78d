"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { FoldedText } from "@/app/ui/folded-text";
import { Table } from "@/app/ui/table";
import { useToast } from "@/app/ui/toast";
import type { CampaignId } from "@/server/domain/ids";

interface NearGroupProps {
  campaignId: CampaignId;
  group: Outputs["prompts"]["near"]["groups"][number];
  atLeast: number;
  admin: boolean;
}

/** Prompts that are alike: one is kept, the others are archived. */
export function NearGroup({ campaignId, group, atLeast, admin }: NearGroupProps) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const { groupId, count, prompts } = group;
  const keep = useMutation(
    trpc.prompts.keepOne.mutationOptions({
      onError: (error) => toast({ text: errorMessage(error, t), tone: "danger" }),
      onSuccess: async ({ archived }) => {
        toast({ text: t("near.kept", { count: archived }) });
        await queries.invalidateQueries(trpc.prompts.pathFilter());
      },
    }),
  );
  return (
    <>
      <Table
        caption={t("near.group", { count })}
        showCaption
        rows={prompts}
        rowKey={(row) => row.id}
        columns={[
          {
            key: "text",
            header: t("prompts.text"),
            rowHeader: true,
            className: "w-full min-w-56",
            cell: (row) => <FoldedText text={row.text} />,
          },
          {
            key: "like",
            header: t("near.like"),
            align: "end",
            cell: (row) => `${Math.round(row.resemblance * 100)} %`,
          },
          {
            key: "rankings",
            header: t("near.rankings"),
            align: "end",
            cell: (row) => row.rankings,
          },
          {
            key: "source",
            header: t("prompts.source"),
            cell: (row) => <span className="text-muted">{row.source}</span>,
          },
          ...(admin
            ? [
                {
                  key: "keep",
                  header: <span className="sr-only">{t("near.keep")}</span>,
                  cell: (row: (typeof prompts)[number]) => (
                    <Button
                      className="whitespace-nowrap"
                      busy={keep.isPending}
                      aria-label={t("near.keep.of", { text: row.text.slice(0, 60) })}
                      onClick={() => keep.mutate({ campaignId, groupId, keptId: row.id, atLeast })}
                    >
                      {t("near.keep")}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {count > prompts.length && (
        <p className="mt-2 text-sm text-muted">
          {t("near.more", { count: count - prompts.length })}
        </p>
      )}
    </>
  );
}
