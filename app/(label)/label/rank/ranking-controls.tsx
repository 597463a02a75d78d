"use client";

import { Redo2, SkipForward, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { cx } from "@/app/ui/class-names";
import { Kbd } from "@/app/ui/kbd";
import { TextArea } from "@/app/ui/text-area";
import type { Letter } from "@/server/domain/ranking";
import type { DeskKey } from "./desk-keys";
import type { Placement } from "./placement";

/** The key of a button, where there is a keyboard. */
const KeyHint = ({ children }: { children: ReactNode }) => (
  <span className="pointer-coarse:hidden">
    <Kbd>{children}</Kbd>
  </span>
);

interface SubmitBarProps {
  left: readonly Letter[];
  /** What else is missing, in words; empty when nothing is. */
  unsaid: string;
  /** Submit was pressed while something was missing. */
  asked: boolean;
  onKey: (key: DeskKey) => void;
}

/** What is missing, and the way on. */
export function SubmitBar({ left, unsaid, asked, onKey }: SubmitBarProps) {
  const t = useT();
  const complete = left.length === 0;
  return (
    <div className="mt-2 flex flex-col gap-2">
      <p
        className={cx(
          "text-sm",
          asked ? "font-semibold text-danger" : "hidden text-muted lg:block",
        )}
        role={asked ? "alert" : undefined}
      >
        {complete
          ? unsaid
            ? t("rating.missing", { list: unsaid })
            : t("rank.complete")
          : t(asked ? "rank.missing" : "rank.toPlace", { letters: left.join(", ") })}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          className="grow whitespace-nowrap"
          onClick={() => onKey({ type: "submit" })}
        >
          {t("rank.submit")}
          <span aria-hidden className="pointer-coarse:hidden">
            ↵
          </span>
        </Button>
        <Button
          className="whitespace-nowrap"
          disabled={complete}
          onClick={() => onKey({ type: "tie-rest" })}
        >
          {t("rank.tieRest")} <KeyHint>t</KeyHint>
        </Button>
      </div>
    </div>
  );
}

interface RankingControlsProps {
  placement: Placement;
  comment: string;
  canUndo: boolean;
  canRedo: boolean;
  /** Every button does what its key does. */
  onKey: (key: DeskKey) => void;
  onComment: (comment: string) => void;
  /** The campaign's questions about the task. */
  children?: ReactNode;
}

/** The way back, and what is said about the task as a whole. */
export function RankingControls(props: RankingControlsProps) {
  const { placement, comment, onKey, onComment } = props;
  const t = useT();
  return (
    <div className="flex flex-col gap-3 pb-1">
      <div className="-mx-3 flex flex-wrap items-center">
        <Button
          look="quiet"
          disabled={!props.canUndo}
          icon={<Undo2 aria-hidden className="size-4" />}
          onClick={() => onKey({ type: "undo" })}
        >
          {t("rank.undo")} <KeyHint>u</KeyHint>
        </Button>
        <Button
          look="quiet"
          disabled={!props.canRedo}
          icon={<Redo2 aria-hidden className="size-4" />}
          onClick={() => onKey({ type: "redo" })}
        >
          {t("rank.redo")} <KeyHint>r</KeyHint>
        </Button>
        <Button
          look="quiet"
          icon={<SkipForward aria-hidden className="size-4" />}
          onClick={() => onKey({ type: "skip" })}
        >
          {t("rank.skip")} <KeyHint>s</KeyHint>
        </Button>
      </div>
      {props.children}
      <Checkbox
        label={t("rank.none")}
        help={t("rank.none.help")}
        checked={placement.noneAcceptable}
        onChange={() => onKey({ type: "none" })}
      />
      <TextArea
        label={t("rank.comment")}
        note={t("field.optional")}
        rows={2}
        maxLength={4000}
        value={comment}
        onChange={(event) => onComment(event.target.value)}
      />
    </div>
  );
}
