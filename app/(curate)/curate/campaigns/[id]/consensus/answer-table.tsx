"use client";

import { useT } from "@/app/lib/i18n/client";
import { FoldedText } from "@/app/ui/folded-text";
import { type Column, Table } from "@/app/ui/table";
import { letters } from "@/server/domain/ranking";
import { useFigures } from "../quality/use-figures";
import type { ConsensusTask } from "./consensus-task";

interface Row {
  id: string;
  text: string;
  item: number;
  /** By Kemeny's rule; null where there are no votes or too many completions. */
  rank: number | null;
}

/** A task's answers with the rank or strength that each rule gives them, the best first. */
export function AnswerTable({ task, number }: { task: ConsensusTask; number: number }) {
  const t = useT();
  const { coefficient } = useFigures();
  const { consensus } = task;
  const groups = consensus?.kemeny?.groups;
  const strengthOf = (item: number) => consensus?.bradleyTerry[item].strength ?? 0;
  const rows = task.completions
    .map(({ id, text }, item): Row => {
      const rank = groups ? groups.findIndex((group) => group.includes(item)) + 1 : null;
      return { id, text, item, rank };
    })
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || strengthOf(b.item) - strengthOf(a.item));
  const columns: Column<Row>[] = [
    {
      key: "answer",
      header: t("consensus.answer"),
      rowHeader: true,
      cell: ({ item, text }) => (
        <span className="flex gap-3">
          <span className="font-semibold">{letters[item]}</span>
          <FoldedText text={text} className="max-w-[60ch] min-w-40" />
        </span>
      ),
    },
  ];
  if (consensus)
    columns.push(
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
          const { strength, error } = consensus.bradleyTerry[item];
          return `${coefficient(strength)} ± ${coefficient(error)}`;
        },
      },
      {
        key: "crowd",
        header: t("consensus.crowd"),
        align: "end",
        cell: ({ item }) => coefficient(consensus.crowdBradleyTerry[item]),
      },
      {
        key: "pl",
        header: t("consensus.pl"),
        align: "end",
        cell: ({ item }) => coefficient(consensus.plackettLuce[item]),
      },
    );
  return (
    <Table
      caption={t(consensus ? "consensus.answers" : "consensus.answers.unranked", { number })}
      rows={rows}
      rowKey={(row) => row.id}
      columns={columns}
    />
  );
}
