"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { LinkDialog } from "@/app/(curate)/people/link-dialog";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button, buttonClass } from "@/app/ui/button";
import { Section } from "@/app/ui/page-header";
import { Table } from "@/app/ui/table";
import { useToast } from "@/app/ui/toast";
import { entryPath } from "@/server/domain/crowd";
import type { CampaignId } from "@/server/domain/ids";
import { NewStudy } from "./new-study";

type Study = Outputs["studies"]["list"][number];

/** The doors of a campaign for crowd markets: their links, who came, what to pay by. */
export function StudySection({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const [shown, setShown] = useState<string | null>(null);
  const studies = useQuery(trpc.studies.list.queryOptions({ campaignId }));
  return (
    <Section
      title={t("studies.title")}
      state={t("studies.state")}
      action={<NewStudy campaignId={campaignId} onMade={(study) => setShown(entryPath(study))} />}
    >
      <Loaded query={studies}>
        {(rows) => <StudyTable studies={rows} onLink={(study) => setShown(entryPath(study))} />}
      </Loaded>
      {shown && (
        <LinkDialog
          title={t("studies.link")}
          what={t("studies.link.what")}
          path={shown}
          onClose={() => setShown(null)}
        />
      )}
    </Section>
  );
}

function StudyTable({ studies, onLink }: { studies: Study[]; onLink: (study: Study) => void }) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const set = useMutation(
    trpc.studies.setStatus.mutationOptions({
      onError: (error) => toast({ text: errorMessage(error, t), tone: "danger" }),
      onSuccess: () => queries.invalidateQueries(trpc.studies.pathFilter()),
    }),
  );
  return (
    <Table
      caption={t("studies.table")}
      rows={studies}
      rowKey={(row) => row.id}
      empty={<p className="text-muted">{t("studies.empty")}</p>}
      columns={[
        {
          key: "name",
          header: t("people.name"),
          rowHeader: true,
          className: "min-w-32",
          cell: (row) => (
            <>
              <span className="block font-semibold">{row.name}</span>
              <span className="block text-muted">
                {t(`studies.market.${row.market}`)}, {t(`studies.status.${row.status}`)}
              </span>
            </>
          ),
        },
        { key: "tasks", header: t("studies.tasks"), align: "end", cell: (row) => row.tasks },
        { key: "came", header: t("studies.came"), align: "end", cell: (row) => row.came },
        {
          key: "completed",
          header: t("studies.completed"),
          align: "end",
          cell: (row) => row.completed,
        },
        {
          key: "code",
          header: t("studies.code"),
          cell: (row) =>
            row.code ? <code className="font-mono">{row.code}</code> : t("studies.code.own"),
        },
        {
          key: "actions",
          header: t("people.actions"),
          cell: (row) => (
            <div className="flex gap-1">
              <Button
                look="quiet"
                aria-label={t("studies.link.of", { name: row.name })}
                onClick={() => onLink(row)}
              >
                {t("studies.link.show")}
              </Button>
              <a
                href={`/curate/studies/${row.id}/csv`}
                download
                aria-label={t("studies.csv.of", { name: row.name })}
                className={buttonClass("quiet")}
              >
                CSV
              </a>
              <Button
                look="quiet"
                busy={set.isPending && set.variables.studyId === row.id}
                onClick={() =>
                  set.mutate({
                    studyId: row.id,
                    status: row.status === "open" ? "closed" : "open",
                  })
                }
              >
                {t(row.status === "open" ? "studies.close" : "studies.reopen")}
              </Button>
            </div>
          ),
        },
      ]}
    />
  );
}
