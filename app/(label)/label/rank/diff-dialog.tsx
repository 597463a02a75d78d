"use client";

import { useMemo, useState } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { Dialog } from "@/app/ui/dialog";
import { Select } from "@/app/ui/select";
import { ShownText } from "@/app/ui/shown-text";
import type { Letter } from "@/server/domain/ranking";
import { wordDiff } from "./word-diff";

interface DiffDialogProps {
  completions: readonly { letter: Letter; text: string }[];
  /** The two to begin with. */
  first: readonly [Letter, Letter];
  onClose: () => void;
}

const looks = {
  left: "bg-wash text-muted line-through",
  right: "bg-accent-wash font-semibold underline underline-offset-2",
};

/** Two completions as one text: what one alone has is struck through, what the other alone has is underlined. */
export function DiffDialog({ completions, first, onClose }: DiffDialogProps) {
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
    label: t("rank.completion", { letter }),
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
        <del className={looks.left}>{t("rank.diff.only", { letter: left })}</del>
        <ins className={looks.right}>{t("rank.diff.only", { letter: right })}</ins>
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
        {parts?.map(({ words, of }, index) =>
          of === "both" ? (
            // oxlint-disable-next-line react/no-array-index-key -- the parts of one text never move
            <span key={index}>
              <ShownText text={words} />
            </span>
          ) : of === "left" ? (
            // oxlint-disable-next-line react/no-array-index-key -- the parts of one text never move
            <del key={index} className={looks.left}>
              <ShownText text={words} />
            </del>
          ) : (
            // oxlint-disable-next-line react/no-array-index-key -- the parts of one text never move
            <ins key={index} className={looks.right}>
              <ShownText text={words} />
            </ins>
          ),
        )}
      </section>
    </Dialog>
  );
}
