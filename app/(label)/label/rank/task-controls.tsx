"use client";

import { Redo2, SkipForward, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { KeyHint } from "@/app/ui/kbd";
import { TextArea } from "@/app/ui/text-area";
import type { DraftState } from "./use-placement";

interface TaskControlsProps {
  /** Whether several are ranked or two compared: what is asked differs in its words. */
  words: "rank" | "comparison";
  state: DraftState;
  /** Nothing of a quiz is skipped, and nobody reads a comment on it. */
  quiz: boolean;
  /** Every button does what its key does. */
  onKey: (key: { type: "undo" | "redo" | "skip" | "none" }) => void;
  onComment: (comment: string) => void;
  className?: string;
  /** The campaign's questions about the task. */
  children?: ReactNode;
}

/** The way back, and what is said about the task as a whole. */
export function TaskControls(props: TaskControlsProps) {
  const { words, state, quiz, onKey, onComment, className = "", children } = props;
  const t = useT();
  return (
    <div className={`flex flex-col gap-3 pb-1 ${className}`}>
      <div className="-mx-3 flex flex-wrap items-center">
        <Button
          look="quiet"
          disabled={state.past.length === 0}
          icon={<Undo2 aria-hidden className="size-4" />}
          onClick={() => onKey({ type: "undo" })}
        >
          {t("rank.undo")} <KeyHint>u</KeyHint>
        </Button>
        <Button
          look="quiet"
          disabled={state.future.length === 0}
          icon={<Redo2 aria-hidden className="size-4" />}
          onClick={() => onKey({ type: "redo" })}
        >
          {t("rank.redo")} <KeyHint>r</KeyHint>
        </Button>
        {quiz ? null : (
          <Button
            look="quiet"
            icon={<SkipForward aria-hidden className="size-4" />}
            onClick={() => onKey({ type: "skip" })}
          >
            {t("rank.skip")} <KeyHint>s</KeyHint>
          </Button>
        )}
      </div>
      {children}
      <Checkbox
        label={t(`${words}.none`)}
        help={t(`${words}.none.help`)}
        checked={state.placement.noneAcceptable}
        onChange={() => onKey({ type: "none" })}
      />
      {quiz ? null : (
        <TextArea
          label={t(`${words}.comment`)}
          note={t("field.optional")}
          rows={2}
          maxLength={4000}
          value={state.comment}
          onChange={(event) => onComment(event.target.value)}
        />
      )}
    </div>
  );
}
