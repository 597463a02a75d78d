"use client";

import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { TextArea } from "@/app/ui/text-area";
import type { Skip } from "@/server/domain/assignment";

const reasons = [
  "unclear",
  "not-my-field",
  "disturbing",
  "broken",
  "other",
] as const satisfies Skip["reason"][];

interface SkipDialogProps {
  open: boolean;
  onClose: () => void;
  busy: boolean;
  error: string | null;
  onSkip: (skip: Skip) => void;
}

/** Passing something on to others, and why. */
export function SkipDialog({ open, onClose, busy, error, onSkip }: SkipDialogProps) {
  const t = useT();
  const [reason, setReason] = useState<Skip["reason"]>("unclear");
  const [note, setNote] = useState("");
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("skip.title")}
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" busy={busy} onClick={() => onSkip({ reason, note })}>
            {t("skip.submit")}
          </Button>
        </>
      }
    >
      <p className="mb-4 text-sm text-muted">{t("skip.help")}</p>
      <fieldset className="mb-4 flex flex-col">
        <legend className="mb-1 text-sm font-semibold">{t("skip.reason")}</legend>
        {reasons.map((value) => (
          <label key={value} className="flex min-h-8 items-center gap-2 pointer-coarse:min-h-11">
            <input
              type="radio"
              name="reason"
              checked={value === reason}
              onChange={() => setReason(value)}
            />
            {t(`skip.reason.${value}`)}
          </label>
        ))}
      </fieldset>
      <TextArea
        label={t("skip.note")}
        note={t("field.optional")}
        rows={2}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        error={error}
      />
    </Dialog>
  );
}
