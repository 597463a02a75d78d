"use client";

import { BookOpen } from "lucide-react";
import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { ReadableText } from "@/app/ui/readable-text";

/** What the campaign asks for, one press away. */
export function Guidelines({ name, text }: { name: string; text: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (text.trim() === "") return null;
  return (
    <>
      <Button
        look="quiet"
        icon={<BookOpen aria-hidden className="size-4" />}
        onClick={() => setOpen(true)}
      >
        {t("label.guidelines")}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("label.guidelinesOf", { name })}>
        <ReadableText text={text} />
      </Dialog>
    </>
  );
}
