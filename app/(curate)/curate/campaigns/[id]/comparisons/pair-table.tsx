"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Table } from "@/app/ui/table";
import { useFigures } from "../quality/use-figures";

type Results = NonNullable<Outputs["campaigns"]["comparisons"]>;
type Pair = Results["pairs"][number];

/** Each pair of models with its win rate, its interval, and what is behind it. */
export function PairTable({ pairs, reach }: { pairs: readonly Pair[]; reach: number }) {
  const t = useT();
  const locale = useLocale();
  const { share, range } = useFigures();
  const strength = (value: number | null) =>
    value === null
      ? "–"
      : value
          .toLocaleString(locale, { maximumFractionDigits: 2, signDisplay: "exceptZero" })
          .replace(/^-/, "−");
  const number = (key: "wins" | "ties" | "losses" | "unjudged") => ({
    key,
    header: t(`comparisons.${key}`),
    align: "end" as const,
    cell: (pair: Pair) => pair[key].toLocaleString(locale),
  });
  const isOpen = ({ rate: { interval } }: Pair) => interval[0] <= 0.5 && interval[1] >= 0.5;
  return (
    <>
      <Table
        caption={t("comparisons.caption")}
        rows={pairs}
        rowKey={({ first, second }) => `${first.id} ${second.id}`}
        columns={[
          {
            key: "pair",
            header: t("comparisons.pair"),
            rowHeader: true,
            cell: ({ first, second }) => (
              <>
                {first.name}
                <span className="block font-normal text-muted">
                  {t("comparisons.against")} {second.name}
                </span>
              </>
            ),
          },
          {
            key: "rate",
            header: (
              <>
                {t("comparisons.rate")}
                <span className="block font-normal text-muted">{t("comparisons.rate.help")}</span>
              </>
            ),
            align: "end",
            cell: ({ rate }) => (
              <>
                <span className="font-semibold">{share(rate.withoutTies)}</span>
                <span className="block text-muted">{range(rate.interval)}</span>
              </>
            ),
          },
          {
            key: "half",
            header: t("comparisons.half"),
            align: "end",
            cell: ({ rate }) => share(rate.tiesHalf),
          },
          number("wins"),
          number("ties"),
          number("losses"),
          number("unjudged"),
          {
            key: "strength",
            header: (
              <>
                {t("comparisons.strength")}
                <span className="block font-normal text-muted">
                  {t("comparisons.strength.help", { reach })}
                </span>
              </>
            ),
            align: "end",
            cell: (pair) => strength(pair.strength),
          },
        ]}
      />
      {pairs.some(isOpen) ? (
        <p className="mt-4 max-w-[75ch] text-sm">{t("comparisons.undecided")}</p>
      ) : null}
    </>
  );
}
