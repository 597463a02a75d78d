"use client";

import { useT } from "@/app/lib/i18n/client";
import { Table } from "@/app/ui/table";
import { letters } from "@/server/domain/ranking";
import { useFigures } from "../quality/use-figures";
import type { ConsensusTask } from "./consensus-view";

/** A task's answers with the rank or strength that each rule gives them, the best first. */
export function AnswerTable({ task }: { task: ConsensusTask }) {
  const t = useT();
  const { coefficient } = useFigures();
  const { kemeny, bradleyTerry, plackettLuce } = task.consensus;
  const rankOf = (item: number) =>
    kemeny === null ? null : kemeny.groups.findIndex((group) => group.includes(item)) + 1;
  const rows = task.completions
    .map(({ id, text }, item) => ({ id, text, item, rank: rankOf(item) }))
    .sort(
      (a, b) =>
        (a.rank ?? 0) - (b.rank ?? 0) ||
        bradleyTerry[b.item].strength - bradleyTerry[a.item].strength,
    );
  return (
    <Table
      caption={t("consensus.answers")}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "answer",
          header: t("consensus.answer"),
          rowHeader: true,
          cell: ({ item, text }) => (
            <span className="flex gap-3">
              <span className="font-semibold">{letters[item]}</span>
              <span className="line-clamp-3 max-w-[60ch] min-w-40 whitespace-pre-wrap">
                {text || "␣"}
              </span>
            </span>
          ),
        },
        {
          key: "kemeny",
          header: t("consensus.kemeny"),
          align: "end",
          cell: ({ rank }) => rank ?? "–",
        },
        {
          key: "bt",
          header: t("consensus.bt"),
          align: "end",
          cell: ({ item }) => {
            const { strength, error } = bradleyTerry[item];
            return `${coefficient(strength)} ± ${coefficient(error)}`;
          },
        },
        {
          key: "pl",
          header: t("consensus.pl"),
          align: "end",
          cell: ({ item }) => coefficient(plackettLuce[item]),
        },
      ]}
    />
  );
}
