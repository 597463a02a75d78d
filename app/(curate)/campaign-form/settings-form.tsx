"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { useChanged } from "@/app/(curate)/curate/campaigns/[id]/use-campaign";
import { Loaded } from "@/app/(curate)/loaded";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { ErrorState } from "@/app/ui/error-state";
import type { CampaignDetail } from "@/server/services/campaigns";
import { AskedFields } from "./asked-fields";
import {
  NameFields,
  PolicyField,
  RoundFields,
  SamplingFields,
  TruthFields,
} from "./campaign-fields";
import { KindField, OpponentFields } from "./comparing-fields";
import { type FormValues, settingsOf, valuesOf, wrongs } from "./form-values";

/** The settings of a campaign; a researcher reads them. */
export function SettingsForm({ detail, admin }: { detail: CampaignDetail; admin: boolean }) {
  const t = useT();
  const trpc = useTRPC();
  const { done } = useChanged();
  const { id, status } = detail.campaign;
  const [values, setValues] = useState(() => valuesOf(detail));
  const policies = useQuery(trpc.campaigns.policies.queryOptions());
  const save = useMutation(
    trpc.campaigns.change.mutationOptions({ onSuccess: () => done("form.saved") }),
  );
  const wrong = wrongs(values);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (Object.keys(wrong).length === 0) save.mutate({ campaignId: id, ...settingsOf(values) });
  };
  return (
    <Loaded query={policies}>
      {(models) => {
        const fields = {
          values,
          onChange: (change: Partial<FormValues>) =>
            setValues((before) => ({ ...before, ...change })),
          wrong,
          policies: models,
          fixed: status !== "draft",
        };
        return (
          <form noValidate onSubmit={submit}>
            <fieldset disabled={!admin} className="flex max-w-2xl flex-col gap-6">
              <KindField {...fields} />
              <NameFields {...fields} />
              <PolicyField {...fields} />
              <OpponentFields {...fields} />
              <RoundFields {...fields} />
              <AskedFields
                asked={values.asked}
                onChange={(asked) => fields.onChange({ asked })}
                marked
                fixed={fields.fixed}
              />
              <TruthFields {...fields} />
              <SamplingFields {...fields} />
              {save.isError && <ErrorState message={errorMessage(save.error, t)} />}
              {admin && (
                <div>
                  <Button type="submit" look="primary" busy={save.isPending}>
                    {t("form.save")}
                  </Button>
                </div>
              )}
            </fieldset>
          </form>
        );
      }}
    </Loaded>
  );
}
