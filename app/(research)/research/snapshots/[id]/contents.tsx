import { getLocale, getT } from "@/app/lib/i18n/server";
import { type Column, Table } from "@/app/ui/table";
import { Section } from "@/app/ui/page-header";
import type { SnapshotCounts, SplitCounts } from "@/server/domain/snapshot-counts";

interface Side extends SplitCounts {
  name: string;
}

/** What is in, what is not, and how it is split. */
export async function Contents({ counts, hash }: { counts: SnapshotCounts; hash: string }) {
  const t = await getT();
  const locale = await getLocale();
  const number = (value: number) => value.toLocaleString(locale);
  const percent = (value: number) =>
    value.toLocaleString(locale, { style: "percent", maximumFractionDigits: 1 });
  const { leftOut, agreement } = counts;
  const inside = [
    t("snapshots.inPeople", { count: counts.rankings - counts.simulated }),
    counts.simulated > 0 ? t("snapshots.inSimulated", { count: counts.simulated }) : null,
    t("snapshots.inCompletions", { count: counts.completions, prompts: counts.prompts }),
    counts.ties > 0 ? t("snapshots.inTies", { count: counts.ties }) : null,
    counts.noneAcceptable > 0 ? t("snapshots.inNone", { count: counts.noneAcceptable }) : null,
  ];
  const outside = [
    leftOut.simulated > 0 ? t("snapshots.outSimulated", { count: leftOut.simulated }) : null,
    leftOut.identical > 0 ? t("snapshots.outIdentical", { count: leftOut.identical }) : null,
    t("snapshots.outNames"),
  ];
  const sides: Side[] = [
    { name: t("snapshots.train"), ...counts.train },
    { name: t("snapshots.heldout"), ...counts.heldout },
  ];
  const column = (key: keyof SplitCounts, header: string): Column<Side> => ({
    key,
    header,
    align: "end",
    cell: (side) => number(side[key]),
  });
  return (
    <>
      <div className="grid gap-x-12 gap-y-6 md:grid-cols-2">
        <List title={t("snapshots.in")} items={inside} />
        <List title={t("snapshots.out")} items={outside} />
      </div>
      <p className="mt-6 max-w-[75ch]">
        {agreement === null
          ? t("snapshots.noAgreement")
          : t("snapshots.agreement", {
              share: percent(agreement.share),
              count: agreement.pairs,
            })}
      </p>
      <p className="mt-2 text-sm text-muted">
        {t("snapshots.hash")} <code>{hash}</code>
      </p>
      <Section title={t("snapshots.split")} state={t("snapshots.splitState")}>
        <div className="max-w-xl">
          <Table
            caption={t("snapshots.split")}
            columns={[
              { key: "name", header: t("snapshots.side"), rowHeader: true, cell: (s) => s.name },
              column("prompts", t("snapshots.prompts")),
              column("rankings", t("snapshots.rankings")),
              column("comparisons", t("snapshots.comparisons")),
            ]}
            rows={sides}
            rowKey={(side) => side.name}
          />
        </div>
      </Section>
    </>
  );
}

function List({ title, items }: { title: string; items: readonly (string | null)[] }) {
  return (
    <div>
      <h2 className="font-semibold">{title}</h2>
      <ul className="mt-1 list-disc pl-5">
        {items.map((item) => (item === null ? null : <li key={item}>{item}</li>))}
      </ul>
    </div>
  );
}
