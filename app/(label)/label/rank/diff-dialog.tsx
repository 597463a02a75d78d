"use client";

import { useMemo, useState } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { Dialog } from "@/app/ui/dialog";
import { DiffText, diffLooks } from "@/app/ui/diff-text";
import { Select } from "@/app/ui/select";
import { wordDiff } from "@/app/ui/word-diff";
import type { Letter } from "@/server/domain/ranking";

interface DiffDialogProps {
  completions: readonly { letter: Letter; text: string }[];
  /** The two to begin with. */
  first: readonly [Letter, Letter];
  /** What the page calls a text. */
  named?: "rank.completion" | "comparison.answer";
  onClose: () => void;
}

/** Two completions as one text: what one alone has is struck through, what the other alone has is underlined. */
export function DiffDialog({
  completions,
  first,
  named = "rank.completion",
  onClose,
}: DiffDialogProps) {
  const t = useT();
  const locale = useLocale();
  const [[left, right], setPair] = useState(first);
  const textOf = (letter: Letter) =>
    completions.find((completion) => completion.letter === letter)?.text ?? "";
  const [leftText, rightText] = [textOf(left), textOf(right)];
  const parts = useMemo(() => wordDiff(leftText, rightText, locale), [leftText, rightText, locale]);
  const chosen = (value: string) =>
    completions.find(({ letter }) => letter === value)?.letter ?? left;
  const options = completions.map(({ letter }) => ({
    value: letter,
    label: t(named, { letter }),
  }));
  return (
    <Dialog open wide onClose={onClose} title={t("rank.diff.title")}>
      <div className="mb-4 grid grid-cols-2 gap-4">
        <Select
          label={t("rank.diff.left")}
          options={options}
          value={left}
          onChange={(event) => setPair([chosen(event.target.value), right])}
        />
        <Select
          label={t("rank.diff.right")}
          options={options}
          value={right}
          onChange={(event) => setPair([left, chosen(event.target.value)])}
        />
      </div>
      <p className="mb-4 flex flex-wrap gap-x-6 gap-y-1 text-sm">
        <del className={diffLooks.left}>{t("rank.diff.only", { letter: left })}</del>
        <ins className={diffLooks.right}>{t("rank.diff.only", { letter: right })}</ins>
      </p>
      {parts === null ? (
        <p>{t("rank.diff.tooLong")}</p>
      ) : parts.every((part) => part.of === "both") ? (
        <p className="mb-4 text-muted">{t("rank.diff.same")}</p>
      ) : null}
      <section
        aria-label={t("rank.diff.text")}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text is scrolled by keyboard
        tabIndex={0}
        dir="auto"
        className="max-h-[60dvh] max-w-[75ch] overflow-y-auto leading-relaxed wrap-anywhere whitespace-pre-wrap"
      >
        {parts && <DiffText parts={parts} />}
      </section>
    </Dialog>
  );
}
