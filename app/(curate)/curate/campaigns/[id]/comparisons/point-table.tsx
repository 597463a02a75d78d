"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Table } from "@/app/ui/table";

type Point = NonNullable<Outputs["campaigns"]["comparisons"]>["points"][number];

/** How often each point of the scale was chosen, from left to right, as numbers and as bars. */
export function PointTable({ points }: { points: readonly Point[] }) {
  const t = useT();
  const locale = useLocale();
  const most = Math.max(1, ...points.map(({ count }) => count));
  const nameOf = ({ preference }: Point) =>
    preference === 0
      ? t("comparisons.point.tie")
      : t(preference < 0 ? "comparisons.point.left" : "comparisons.point.right", {
          strength: Math.abs(preference),
        });
  return (
    <div className="max-w-2xl">
      <Table
        caption={t("comparisons.points.caption")}
        rows={points}
        rowKey={({ preference }) => String(preference)}
        columns={[
          { key: "point", header: t("comparisons.point"), rowHeader: true, cell: nameOf },
          {
            key: "count",
            header: t("comparisons.count"),
            cell: ({ count }) => (
              <span className="flex items-center gap-3">
                <span className="tabular w-12 text-right">{count.toLocaleString(locale)}</span>
                <span
                  aria-hidden
                  className="h-3 rounded-base bg-ranking"
                  style={{ width: `${(count / most) * 60}%` }}
                />
              </span>
            ),
            className: "w-full",
          },
        ]}
      />
    </div>
  );
}
