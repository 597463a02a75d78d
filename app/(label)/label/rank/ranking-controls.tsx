"use client";

import { Redo2, SkipForward, Undo2 } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { Kbd } from "@/app/ui/kbd";
import { TextArea } from "@/app/ui/text-area";
import type { Letter } from "@/server/domain/ranking";
import type { DeskKey } from "./desk-keys";
import type { Placement } from "./placement";

interface RankingControlsProps {
  placement: Placement;
  comment: string;
  left: readonly Letter[];
  /** Submit was pressed while something was missing. */
  asked: boolean;
  canUndo: boolean;
  canRedo: boolean;
  /** Every button does what its key does. */
  onKey: (key: DeskKey) => void;
  onComment: (comment: string) => void;
}

/** What is said about the whole, the way back, and the way on. */
export function RankingControls(props: RankingControlsProps) {
  const { placement, comment, left, asked, onKey } = props;
  const t = useT();
  const key = (name: string) => (
    <span className="pointer-coarse:hidden">
      <Kbd>{name}</Kbd>
    </span>
  );
  return (
    <div className="mt-2 flex flex-col gap-3 lg:mt-4">
      <div className="flex flex-wrap items-center gap-1">
        <Button
          look="quiet"
          disabled={!props.canUndo}
          icon={<Undo2 aria-hidden className="size-4" />}
          onClick={() => onKey({ type: "undo" })}
        >
          {t("rank.undo")} {key("u")}
        </Button>
        <Button
          look="quiet"
          disabled={!props.canRedo}
          icon={<Redo2 aria-hidden className="size-4" />}
          onClick={() => onKey({ type: "redo" })}
        >
          {t("rank.redo")} {key("r")}
        </Button>
        <Button
          look="quiet"
          icon={<SkipForward aria-hidden className="size-4" />}
          onClick={() => onKey({ type: "skip" })}
        >
          {t("rank.skip")} {key("s")}
        </Button>
      </div>
      <div className="hidden flex-col gap-3 lg:flex">
        <WholeTask
          placement={placement}
          comment={comment}
          onKey={onKey}
          onComment={props.onComment}
        />
      </div>
      <details className="lg:hidden">
        <summary className="min-h-9 text-sm pointer-coarse:min-h-11">{t("rank.more")}</summary>
        <div className="flex flex-col gap-3 py-2">
          <WholeTask
            placement={placement}
            comment={comment}
            onKey={onKey}
            onComment={props.onComment}
          />
        </div>
      </details>
      <p
        className={asked ? "text-sm font-semibold text-danger" : "text-sm text-muted"}
        role={asked ? "alert" : undefined}
      >
        {left.length === 0
          ? t("rank.complete")
          : t(asked ? "rank.missing" : "rank.toPlace", { letters: left.join(", ") })}
      </p>
      <div className="flex gap-2">
        <Button look="primary" className="grow" onClick={() => onKey({ type: "submit" })}>
          {t("rank.submit")}
          <span className="text-on-accent/80 pointer-coarse:hidden">↵</span>
        </Button>
        {left.length > 1 ? (
          <Button onClick={() => onKey({ type: "tie-rest" })}>
            {t("rank.tieRest")} {key("t")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function WholeTask(
  props: Pick<RankingControlsProps, "placement" | "comment" | "onKey" | "onComment">,
) {
  const t = useT();
  return (
    <>
      <Checkbox
        label={t("rank.none")}
        help={t("rank.none.help")}
        checked={props.placement.noneAcceptable}
        onChange={() => props.onKey({ type: "none" })}
      />
      <TextArea
        label={t("rank.comment")}
        note={t("field.optional")}
        rows={2}
        maxLength={4000}
        value={props.comment}
        onChange={(event) => props.onComment(event.target.value)}
      />
    </>
  );
}
