"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { GuidelinesDiff } from "@/app/ui/guidelines-diff";
import { Section } from "@/app/ui/page-header";
import { ReadableText } from "@/app/ui/readable-text";
import { RelativeTime } from "@/app/ui/relative-time";
import type { CampaignId } from "@/server/domain/ids";

type Version = Outputs["campaigns"]["guidelines"][number];

/** Every text that the guidelines had, the newest first, each against the one before it. */
export function GuidelineHistory({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const versions = useQuery(trpc.campaigns.guidelines.queryOptions({ campaignId }));
  return (
    <Section title={t("guidelines.history")} state={t("guidelines.history.state")}>
      <Loaded query={versions}>
        {(rows) => (
          <ol className="flex max-w-2xl flex-col gap-4">
            {rows.map((row, index) => (
              <GuidelineVersion key={row.version} version={row} before={rows[index + 1]} />
            ))}
          </ol>
        )}
      </Loaded>
    </Section>
  );
}

function GuidelineVersion({ version, before }: { version: Version; before?: Version }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const name = t("guidelines.version", { version: version.version });
  return (
    <li className="border-l-4 border-line pl-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <p>
          <span className="font-semibold">{name}</span>{" "}
          <span className="text-sm text-muted">
            {version.by && `${t("guidelines.by", { name: version.by })}, `}
            <RelativeTime at={version.createdAt} />
          </span>
        </p>
        {before && (
          <Button look="quiet" onClick={() => setOpen(true)}>
            {t("guidelines.compare")}
          </Button>
        )}
      </div>
      <div
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text is scrolled by keyboard
        tabIndex={0}
        className="max-h-48 overflow-y-auto text-sm"
      >
        {version.text.trim() ? (
          <ReadableText text={version.text} />
        ) : (
          <p className="text-muted">{t("guidelines.empty")}</p>
        )}
      </div>
      {before && (
        <Dialog open={open} onClose={() => setOpen(false)} title={name} wide>
          <GuidelinesDiff before={before.text} after={version.text} />
        </Dialog>
      )}
    </li>
  );
}
