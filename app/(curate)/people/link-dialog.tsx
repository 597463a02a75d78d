"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { TextField } from "@/app/ui/text-field";

interface LinkDialogProps {
  title: string;
  what: string;
  /** From the site's root; what is shown and copied is the whole address. */
  path: string;
  onClose: () => void;
}

/** A link that is shown once, to be copied. */
export function LinkDialog({ title, what, path, onClose }: LinkDialogProps) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const link = new URL(path, location.href).href;
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    setCopied(true);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>{t("action.close")}</Button>
          <Button
            look="primary"
            onClick={() => void copy()}
            icon={
              copied ? (
                <Check aria-hidden className="size-4" />
              ) : (
                <Copy aria-hidden className="size-4" />
              )
            }
          >
            {t(copied ? "action.copied" : "action.copy")}
          </Button>
        </>
      }
    >
      <p className="mb-4">{what}</p>
      <TextField
        label={t("invite.link.label")}
        readOnly
        value={link}
        onFocus={(event) => event.target.select()}
        className="[&_input]:font-mono [&_input]:text-sm"
      />
    </Dialog>
  );
}
