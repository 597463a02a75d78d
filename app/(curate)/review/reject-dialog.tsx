"use client";

import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { TextArea } from "@/app/ui/text-area";

interface RejectDialogProps {
  busy: boolean;
  onClose: () => void;
  onReject: (reason: string) => void;
}

/** No rejection without a reason: the author learns from it. */
export function RejectDialog({ busy, onClose, onReject }: RejectDialogProps) {
  const t = useT();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const missing = reason.trim() === "";
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("review.reject.title")}
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            look="danger"
            busy={busy}
            onClick={() => (missing ? setTried(true) : onReject(reason.trim()))}
          >
            {t("review.reject")}
          </Button>
        </>
      }
    >
      <TextArea
        label={t("review.reject.reason")}
        help={t("review.reject.help")}
        value={reason}
        maxLength={2000}
        onChange={(event) => setReason(event.target.value)}
        error={tried && missing && t("review.reject.wrong")}
      />
    </Dialog>
  );
}
