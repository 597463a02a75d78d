"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { ErrorState } from "@/app/ui/error-state";
import { Section } from "@/app/ui/page-header";
import type { CampaignId } from "@/server/domain/ids";
import { PromptInput, type PromptText } from "./prompt-input";
import { previewPrompts } from "./prompt-text";

const nothing: PromptText = { content: "", fileName: "" };

/** Adds many at once, then says what became of each: added, known already, said twice. */
export function AddPrompts({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [text, setText] = useState(nothing);
  const seen = useDeferredValue(text);
  const preview = useMemo(() => previewPrompts(seen.content, seen.fileName), [seen]);
  const add = useMutation(
    trpc.prompts.add.mutationOptions({
      onSuccess: async () => {
        setText(nothing);
        await queries.invalidateQueries(trpc.prompts.pathFilter());
        await queries.invalidateQueries(trpc.campaigns.pathFilter());
      },
    }),
  );
  return (
    <div className="mb-10">
      <Section title={t("prompts.add")}>
        <div className="flex max-w-2xl flex-col gap-3">
          <PromptInput
            label={t("prompts.paste")}
            value={text}
            onChange={setText}
            preview={preview}
          />
          {add.isError && <ErrorState message={errorMessage(add.error, t)} />}
          {add.data && preview.count === 0 && <Outcome outcome={add.data} />}
          <div>
            <Button
              look="primary"
              disabled={preview.count === 0}
              busy={add.isPending}
              busyText={t("prompts.adding")}
              onClick={() => add.mutate({ campaignId, ...text })}
            >
              {t("prompts.add")}
            </Button>
          </div>
        </div>
      </Section>
    </div>
  );
}

type Added = Outputs["prompts"]["add"];

function Outcome({ outcome }: { outcome: Added }) {
  const t = useT();
  const { added, heldout, known, repeats } = outcome;
  return (
    <output className="block text-sm">
      <p className="font-semibold">{t("prompts.added", { count: added, heldout })}</p>
      <LeftOut title={t("prompts.known", { count: known.length })} lines={known} />
      <LeftOut title={t("prompts.repeats", { count: repeats.length })} lines={repeats} />
    </output>
  );
}

function LeftOut({ title, lines }: { title: string; lines: Added["known"] }) {
  const t = useT();
  if (lines.length === 0) return null;
  const shown = lines.slice(0, 20);
  return (
    <details className="mt-1">
      <summary className="text-muted">{title}</summary>
      <ul className="mt-1 ml-4 list-disc text-muted">
        {shown.map(({ line, text }) => (
          <li key={line} className="line-clamp-1">
            {t("prompts.line", { line, text })}
          </li>
        ))}
        {lines.length > shown.length && (
          <li>{t("prompts.more", { count: lines.length - shown.length })}</li>
        )}
      </ul>
    </details>
  );
}
