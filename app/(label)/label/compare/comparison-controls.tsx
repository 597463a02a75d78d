"use client";

import { Redo2, SkipForward, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { cx } from "@/app/ui/class-names";
import { Kbd } from "@/app/ui/kbd";
import { TextArea } from "@/app/ui/text-area";
import type { CompareKey } from "./compare-keys";

/** The key of a button, where there is a keyboard. */
const KeyHint = ({ children }: { children: ReactNode }) => (
  <span className="pointer-coarse:hidden">
    <Kbd>{children}</Kbd>
  </span>
);

interface SendBarProps {
  /** What was chosen, or what is missing. */
  state: string;
  /** Sending was tried while something was missing. */
  alarmed: boolean;
  unjudged: boolean;
  onKey: (key: CompareKey) => void;
}

/** What is chosen, and the way on. */
export function SendBar({ state, alarmed, unjudged, onKey }: SendBarProps) {
  const t = useT();
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
      <p
        role={alarmed ? "alert" : undefined}
        className={cx("grow text-sm", alarmed ? "font-semibold text-danger" : "text-muted")}
      >
        {state}
      </p>
      <div className="flex gap-2 max-sm:w-full">
        <Button
          className="whitespace-nowrap max-sm:grow"
          aria-pressed={unjudged}
          onClick={() => onKey({ type: "unjudged" })}
        >
          {t("comparison.unjudged")} <KeyHint>x</KeyHint>
        </Button>
        <Button
          look="primary"
          className="whitespace-nowrap max-sm:grow sm:min-w-48"
          onClick={() => onKey({ type: "submit" })}
        >
          {t("comparison.submit")}
          <span aria-hidden className="pointer-coarse:hidden">
            ↵
          </span>
        </Button>
      </div>
    </div>
  );
}

interface ComparisonControlsProps {
  noneAcceptable: boolean;
  comment: string;
  canUndo: boolean;
  canRedo: boolean;
  onKey: (key: CompareKey) => void;
  onComment: (comment: string) => void;
  /** The campaign's questions about the task. */
  children?: ReactNode;
}

/** The way back, and what is said of both together. */
export function ComparisonControls(props: ComparisonControlsProps) {
  const { onKey } = props;
  const t = useT();
  return (
    <div className="flex max-w-2xl flex-col gap-3 pt-2 pb-1">
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
        label={t("comparison.none")}
        help={t("comparison.none.help")}
        checked={props.noneAcceptable}
        onChange={() => onKey({ type: "none" })}
      />
      <TextArea
        label={t("comparison.comment")}
        note={t("field.optional")}
        rows={2}
        maxLength={4000}
        value={props.comment}
        onChange={(event) => props.onComment(event.target.value)}
      />
    </div>
  );
}
