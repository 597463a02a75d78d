"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { Pager } from "@/app/(curate)/pager";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { cx } from "@/app/ui/class-names";
import { ErrorState } from "@/app/ui/error-state";
import { Section } from "@/app/ui/page-header";
import type { ImportId } from "@/server/domain/ids";
import { type ImportChoices, type ImportCounts, nearLevels } from "@/server/domain/prompts/import";
import { ImportChoicesForm } from "./import-choices";
import { DraftList } from "./import-drafts";

const kinds = ["fresh", "near", "personal", "repeat", "known", "bad"] as const;
type Kind = (typeof kinds)[number];

const perPage = 20;
const countOf = (counts: ImportCounts, kind: Kind): number =>
  kind === "near" ? counts.near[0] : counts[kind];

interface ImportPreviewProps {
  importId: ImportId;
  onDone: (imported: Outputs["prompts"]["imports"]["finish"]) => void | Promise<void>;
  onDiscard: () => void | Promise<void>;
}

/** What was found in a file, line by line, and what shall become of it; nothing is written before "Add". */
export function ImportPreview({ importId, onDone, onDiscard }: ImportPreviewProps) {
  const t = useT();
  const trpc = useTRPC();
  const [shown, setShown] = useState<Kind>("fresh");
  const [page, setPage] = useState(0);
  const [choices, setChoices] = useState<ImportChoices>({ leaveOutNear: null, personal: {} });
  const found = useQuery({
    ...trpc.prompts.imports.read.queryOptions({ importId, shown, page, atLeast: nearLevels[0] }),
    placeholderData: keepPreviousData,
  });
  const finish = useMutation(trpc.prompts.imports.finish.mutationOptions({ onSuccess: onDone }));
  const discard = useMutation(
    trpc.prompts.imports.discard.mutationOptions({ onSuccess: onDiscard }),
  );
  const busy = finish.isPending || discard.isPending;
  const show = (kind: Kind) => {
    setShown(kind);
    setPage(0);
  };
  return (
    <Loaded query={found}>
      {({ source, counts, rows, total }) => (
        <>
          <Section
            title={t("import.found", { source })}
            state={
              t("import.found.state", { lines: counts.lines, fresh: counts.fresh }) +
              (counts.pairs ? ` ${t("given.pairs", { count: counts.pairs })}` : "")
            }
          >
            <fieldset aria-label={t("import.show")} className="mb-4 flex flex-wrap gap-2">
              {kinds.map((kind) => (
                <button
                  key={kind}
                  type="button"
                  aria-pressed={shown === kind}
                  disabled={countOf(counts, kind) === 0}
                  onClick={() => show(kind)}
                  className={cx(
                    "inline-flex min-h-9 items-center gap-2 rounded-base border px-3 text-sm pointer-coarse:min-h-11 disabled:opacity-50",
                    shown === kind ? "border-accent font-semibold text-accent" : "border-line",
                  )}
                >
                  {t(`import.kind.${kind}`)}
                  <span className="tabular">{countOf(counts, kind).toLocaleString()}</span>
                </button>
              ))}
            </fieldset>
            <div
              aria-busy={found.isPlaceholderData}
              className={found.isPlaceholderData ? "opacity-50" : undefined}
            >
              <DraftList kind={shown} rows={rows} />
            </div>
            <Pager page={page} onPage={setPage} of={{ perPage, total }} />
          </Section>
          <Section title={t("import.choices")}>
            <ImportChoicesForm counts={counts} value={choices} onChange={setChoices} />
            {finish.isError && <ErrorState message={errorMessage(finish.error, t)} />}
            {discard.isError && <ErrorState message={errorMessage(discard.error, t)} />}
            <div className="mt-6 flex flex-wrap gap-2">
              <Button
                look="primary"
                disabled={busy || counts.fresh === 0}
                busy={finish.isPending}
                busyText={t("prompts.adding")}
                onClick={() => finish.mutate({ importId, ...choices })}
              >
                {t("import.add")}
              </Button>
              <Button disabled={busy} onClick={() => discard.mutate({ importId })}>
                {t("import.discard")}
              </Button>
            </div>
          </Section>
        </>
      )}
    </Loaded>
  );
}
