import { getLocale, getT } from "@/app/lib/i18n/server";
import { Link } from "@/app/ui/link";
import { RelativeTime } from "@/app/ui/relative-time";
import { type Column, Table } from "@/app/ui/table";
import type { Outputs } from "@/app/lib/trpc";

type Snapshot = Outputs["snapshots"]["list"][number];

const nameCell = (row: Snapshot) => (
  <>
    <Link href={`/research/snapshots/${row.id}`}>{row.campaignName}</Link>{" "}
    <code className="text-muted">{row.hash.slice(0, 8)}</code>
  </>
);
const madeCell = (row: Snapshot) => <RelativeTime at={row.createdAt} />;

export async function SnapshotTable({ snapshots }: { snapshots: readonly Snapshot[] }) {
  const t = await getT();
  const locale = await getLocale();
  const number = (value: number) => value.toLocaleString(locale);
  const columns: Column<Snapshot>[] = [
    {
      key: "name",
      header: t("snapshots.campaign"),
      rowHeader: true,
      cell: nameCell,
      className: "min-w-40",
    },
    {
      key: "rankings",
      header: t("snapshots.rankings"),
      align: "end",
      cell: (row) => number(row.counts.rankings),
    },
    {
      key: "comparisons",
      header: t("snapshots.comparisons"),
      align: "end",
      cell: (row) => number(row.counts.comparisons),
    },
    {
      key: "labelers",
      header: t("snapshots.labelers"),
      align: "end",
      cell: (row) => number(row.counts.labelers),
    },
    {
      key: "simulated",
      header: t("snapshots.simulated"),
      className: "whitespace-nowrap",
      cell: (row) => {
        const inside = row.counts.simulated;
        const outside = row.counts.leftOut.simulated;
        if (inside > 0) return t("snapshots.simulatedIn", { count: inside });
        return outside > 0 ? t("snapshots.simulatedOut", { count: outside }) : "–";
      },
    },
    {
      key: "for",
      header: t("snapshots.madeFor"),
      className: "min-w-32",
      cell: (row) =>
        row.round === null
          ? t("snapshots.madeBy", { name: row.createdBy ?? "–" })
          : t("snapshots.madeForRound", { round: row.round }),
    },
    {
      key: "made",
      header: t("snapshots.made"),
      cell: madeCell,
      className: "min-w-28",
    },
  ];
  return (
    <Table
      caption={t("snapshots.title")}
      columns={columns}
      rows={snapshots}
      rowKey={(row) => row.id}
    />
  );
}
