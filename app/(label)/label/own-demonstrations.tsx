import { getT } from "@/app/lib/i18n/server";
import { excerpt } from "@/app/ui/excerpt";
import { RelativeTime } from "@/app/ui/relative-time";
import { Table } from "@/app/ui/table";
import { Status, type StatusTone } from "@/app/ui/tag";
import type { ownDemonstrations } from "@/server/services/demonstrations";

type Row = Awaited<ReturnType<typeof ownDemonstrations>>[number];

const tones: Record<Row["status"], StatusTone> = {
  draft: "neutral",
  submitted: "active",
  accepted: "good",
  rejected: "danger",
  skipped: "neutral",
};

/** What became of what one wrote. */
export async function OwnDemonstrations({ rows }: { rows: Row[] }) {
  const t = await getT();
  const stateOf = ({ status, reason }: Row) => (
    <>
      {status === "draft" ? null : (
        <Status tone={tones[status]}>{t(`label.demonstrations.${status}`)}</Status>
      )}
      {status === "rejected" && reason ? <p className="mt-1 text-muted">{reason}</p> : null}
    </>
  );
  return (
    <Table
      caption={t("label.demonstrations.caption")}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "prompt",
          header: t("label.demonstrations.prompt"),
          cell: (row) => excerpt(row.prompt, 120),
          rowHeader: true,
        },
        {
          key: "answer",
          header: t("label.demonstrations.answer"),
          cell: (row) => excerpt(row.text, 120),
        },
        { key: "state", header: t("label.demonstrations.state"), cell: stateOf },
        {
          key: "when",
          header: t("label.demonstrations.when"),
          align: "end",
          cell: (row) => <RelativeTime at={row.updatedAt} />,
        },
      ]}
    />
  );
}
