"use client";

import { lazy, Suspense, useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import type { LabelerTask } from "@/server/services/labeling";

/** Fetched when somebody asks for the difference. */
const GuidelinesDiff = lazy(async () => ({
  default: (await import("@/app/ui/guidelines-diff")).GuidelinesDiff,
}));

/** Told once for each version, quietly: the work goes on beside it. */
export function ChangedGuidelines({ campaign }: { campaign: LabelerTask["campaign"] }) {
  const t = useT();
  const { guidelines, guidelinesBefore, guidelinesVersion } = campaign;
  const [read, setRead] = useState(0);
  const [open, setOpen] = useState(false);
  if (guidelinesBefore === null || read >= guidelinesVersion) return null;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-3 border-l-4 border-accent pl-3 text-sm">
      <p>{t("guidelinesChanged")}</p>
      <Button look="quiet" onClick={() => setOpen(true)}>
        {t("guidelinesChanged.show")}
      </Button>
      <Button look="quiet" onClick={() => setRead(guidelinesVersion)}>
        {t("guidelinesChanged.ok")}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("guidelinesChanged.title")} wide>
        <Suspense fallback={<p className="text-muted">{t("state.loading")}</p>}>
          <GuidelinesDiff before={guidelinesBefore} after={guidelines} />
        </Suspense>
      </Dialog>
    </div>
  );
}
