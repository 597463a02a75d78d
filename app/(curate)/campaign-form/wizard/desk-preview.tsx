"use client";

import { Monitor, Smartphone } from "lucide-react";
import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { cx } from "@/app/ui/class-names";

/** The labeler's page itself, in a window of its own, so that it is as wide, and its keys are as much its own, as there. */
export function DeskPreview() {
  const t = useT();
  const [phone, setPhone] = useState(false);
  return (
    <section aria-label={t("wizard.preview")} className="min-w-0">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <div>
          <h2 className="font-semibold">{t("wizard.preview")}</h2>
          <p className="text-sm text-muted">{t("wizard.preview.help")}</p>
        </div>
        <Button
          look="quiet"
          aria-pressed={phone}
          icon={
            phone ? (
              <Monitor aria-hidden className="size-4" />
            ) : (
              <Smartphone aria-hidden className="size-4" />
            )
          }
          onClick={() => setPhone(!phone)}
        >
          {t(phone ? "wizard.preview.wide" : "wizard.preview.phone")}
        </Button>
      </div>
      <div
        className={cx(
          "overflow-hidden rounded-base border border-line",
          phone ? "mx-auto max-w-[390px]" : "h-[31rem]",
        )}
      >
        {/* drawn at its own width and made smaller: what labelers see on a laptop fits beside the form */}
        {/* oxlint-disable-next-line react/iframe-missing-sandbox -- our own page, which must read what the form keeps */}
        <iframe
          title={t("wizard.preview")}
          src="/preview/desk"
          className={
            phone
              ? "h-[31rem] w-full"
              : "h-[calc(31rem/0.6)] w-[calc(100%/0.6)] origin-top-left scale-60"
          }
        />
      </div>
    </section>
  );
}
