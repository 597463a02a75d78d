"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { ButtonLink } from "@/app/ui/button";
import { Section } from "@/app/ui/page-header";
import type { CampaignId, ImportId } from "@/server/domain/ids";
import { ImportPreview } from "./import-preview";
import { ImportSource } from "./import-source";

type Imported = Outputs["prompts"]["imports"]["finish"];

/** Prompts from a file, in two steps: read and look, then decide. What was read waits, however often the page is closed. */
export function ImportView({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const waiting = useQuery(trpc.prompts.imports.waiting.queryOptions({ campaignId }));
  const [read, setRead] = useState<ImportId | null>(null);
  const [done, setDone] = useState<Imported | null>(null);
  const again = async () => {
    setRead(null);
    await queries.invalidateQueries(trpc.prompts.pathFilter());
    await queries.invalidateQueries(trpc.campaigns.pathFilter());
  };
  if (done)
    return (
      <Section title={t("import.done.title")}>
        <output className="block max-w-[65ch]">
          <p>{t("import.done", { count: done.added, heldout: done.heldout })}</p>
          {done.masked > 0 && <p>{t("import.done.masked", { count: done.masked })}</p>}
          {done.leftOut > 0 && <p>{t("import.done.leftOut", { count: done.leftOut })}</p>}
        </output>
        <div className="mt-4 flex flex-wrap gap-2">
          <ButtonLink look="primary" href={`/curate/campaigns/${campaignId}/prompts`}>
            {t("import.done.see")}
          </ButtonLink>
          <ButtonLink href={`/curate/campaigns/${campaignId}/prompts/near`}>
            {t("near.title")}
          </ButtonLink>
        </div>
      </Section>
    );
  return (
    <Loaded query={waiting}>
      {(found) => {
        const importId = read ?? found?.importId;
        return importId ? (
          <ImportPreview
            key={importId}
            importId={importId}
            onDone={async (imported) => {
              setDone(imported);
              await again();
            }}
            onDiscard={again}
          />
        ) : (
          <ImportSource campaignId={campaignId} onRead={setRead} />
        );
      }}
    </Loaded>
  );
}
