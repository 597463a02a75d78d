"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type SyntheticEvent, useRef, useState } from "react";
import { PromptInput } from "@/app/(curate)/prompts/prompt-input";
import { usePromptPreview } from "@/app/(curate)/prompts/use-prompt-preview";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { ErrorState } from "@/app/ui/error-state";
import { AskedFields } from "./asked-fields";
import {
  NameFields,
  PolicyField,
  RoundFields,
  SamplingFields,
  TruthFields,
} from "./campaign-fields";
import { KindField, OpponentFields } from "./comparing-fields";
import { type FormValues, newCampaign, settingsOf, wrongs } from "./form-values";

/** Everything a campaign needs, with defaults; sent only when it can work. */
export function NewCampaignForm({
  policies,
  chosen,
}: {
  policies: Outputs["campaigns"]["policies"];
  /** The policy that the page which led here was about. */
  chosen?: string;
}) {
  const t = useT();
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState(() => newCampaign(chosen ?? policies[0]?.id ?? ""));
  const [prompts, setPrompts] = useState({ content: "", fileName: "" });
  const [tried, setTried] = useState(false);
  const preview = usePromptPreview(prompts);
  const create = useMutation(
    trpc.campaigns.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries(trpc.campaigns.pathFilter());
        router.push(`/curate/campaigns/${id}`);
      },
    }),
  );
  const found = wrongs(values);
  const wrongCount = Object.keys(found).length + (preview.wrong ? 1 : 0);
  const fields = {
    values,
    onChange: (change: Partial<FormValues>) => setValues((before) => ({ ...before, ...change })),
    wrong: tried ? found : {},
    policies,
  };

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrongCount === 0) return create.mutate({ ...settingsOf(values), prompts });
    // the first wrong field, once it is marked
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(),
    );
  };
  return (
    <form ref={form} noValidate onSubmit={submit} className="flex max-w-2xl flex-col gap-6">
      <KindField {...fields} />
      <NameFields {...fields} />
      <PromptInput
        label={t("form.prompts")}
        value={prompts}
        onChange={setPrompts}
        preview={preview}
        note={t("field.optional")}
      />
      <PolicyField {...fields} />
      <OpponentFields {...fields} />
      <RoundFields {...fields} />
      <AskedFields
        asked={values.asked}
        onChange={(asked) => fields.onChange({ asked })}
        marked={tried}
      />
      <TruthFields {...fields} />
      <SamplingFields {...fields} />
      {create.isError && <ErrorState message={errorMessage(create.error, t)} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" busy={create.isPending} busyText={t("form.creating")}>
          {t("form.create")}
        </Button>
        {tried && wrongCount > 0 && (
          <p role="alert" className="text-sm text-danger">
            {t("form.fix", { count: wrongCount })}
          </p>
        )}
      </div>
    </form>
  );
}
