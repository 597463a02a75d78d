"use client";

import { Fragment } from "react";
import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { FoldedText } from "@/app/ui/folded-text";
import { ShownText } from "@/app/ui/shown-text";
import { Table } from "@/app/ui/table";

type Draft = Outputs["prompts"]["imports"]["read"]["rows"][number];

interface DraftListProps {
  kind: "fresh" | "near" | "personal" | "repeat" | "known" | "bad";
  rows: readonly Draft[];
}

/** Lines of a file, each with what was found in it. */
export function DraftList({ kind, rows }: DraftListProps) {
  const t = useT();
  return (
    <Table
      caption={t(`import.kind.${kind}`)}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<p className="py-4 text-muted">{t("import.none")}</p>}
      columns={[
        { key: "line", header: t("import.line"), align: "end", cell: (row) => row.line },
        {
          key: "text",
          header: t(kind === "bad" ? "import.why" : "prompts.text"),
          rowHeader: true,
          className: "w-full min-w-56",
          cell: (row) => <DraftText row={row} />,
        },
      ]}
    />
  );
}

function DraftText({ row }: { row: Draft }) {
  const t = useT();
  const { bad, near } = row;
  if (bad)
    return t(`import.bad.${bad.why}`, { field: bad.field || "prompt", length: bad.length ?? 0 });
  return (
    <>
      <MarkedText text={row.text} found={row.personal} />
      {row.answers.length > 0 && (
        <ol className="mt-1 grid gap-1 border-l border-line pl-3 text-muted">
          {row.answers.map(({ text, origin, personal }, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- the two never move
            <li key={i}>
              <span className="font-semibold">{t("given.of", { origin })}</span>{" "}
              <MarkedText text={text} found={personal} />
            </li>
          ))}
        </ol>
      )}
      {near && (
        <p className="mt-1 text-muted">
          <span className="font-semibold">
            {near.line === null
              ? t("import.like.stored", { percent: Math.round(near.resemblance * 100) })
              : t("import.like.line", {
                  percent: Math.round(near.resemblance * 100),
                  line: near.line,
                })}
          </span>{" "}
          <FoldedText text={near.text} />
        </p>
      )}
    </>
  );
}

function MarkedText({ text, found }: { text: string; found: Draft["personal"] }) {
  return (
    <FoldedText text={text}>
      {(shown) => (
        <Highlighted text={shown} found={found.filter(({ end }) => end <= shown.length)} />
      )}
    </FoldedText>
  );
}

/** A text with its personal data marked, each named for those who hear it. */
function Highlighted({ text, found }: { text: string; found: Draft["personal"] }) {
  const t = useT();
  const pieces = found.map((one, i) => {
    const before = text.slice(found[i - 1]?.end ?? 0, one.start);
    return { kind: one.kind, start: one.start, end: one.end, before };
  });
  return (
    <>
      {pieces.map(({ kind, start, end, before }) => (
        <Fragment key={start}>
          <ShownText text={before} />
          <mark
            title={t(`import.personal.${kind}`)}
            className="rounded-base bg-accent-wash px-0.5 text-ink underline decoration-warning decoration-2"
          >
            <span className="sr-only">{t(`import.personal.${kind}`)}: </span>
            {text.slice(start, end)}
          </mark>
        </Fragment>
      ))}
      <ShownText text={text.slice(found.at(-1)?.end ?? 0)} />
    </>
  );
}
