"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useCampaign, useChanged } from "@/app/(curate)/curate/campaigns/[id]/use-campaign";
import { errorMessage, fieldErrors } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button, ButtonLink } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { NumberField } from "@/app/ui/number-field";
import { Section } from "@/app/ui/page-header";
import { TextField } from "@/app/ui/text-field";
import type { CampaignId } from "@/server/domain/ids";
import { isShown, type Pay } from "@/server/domain/pay";

/** What accepted work of the campaign earns, and the way to the sums. */
export function PaySection({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const { data } = useCampaign(campaignId);
  return (
    <Section
      title={t("pay.title")}
      state={t("pay.state")}
      action={
        <ButtonLink href={`/curate/campaigns/${campaignId}/payment`}>{t("pay.sums")}</ButtonLink>
      }
    >
      {data && <PayForm campaignId={campaignId} pay={data.campaign.config.pay ?? null} />}
    </Section>
  );
}

function PayForm({ campaignId, pay }: { campaignId: CampaignId; pay: Pay | null }) {
  const t = useT();
  const trpc = useTRPC();
  const { done } = useChanged();
  const [currency, setCurrency] = useState(pay?.currency ?? "USD");
  const [ranking, setRanking] = useState<number | null>(pay?.ranking ?? 0);
  const [demonstration, setDemonstration] = useState<number | null>(pay?.demonstration ?? 0);
  const [shown, setShown] = useState(pay === null || isShown(pay));
  const set = useMutation(
    trpc.payment.setPay.mutationOptions({ onSuccess: () => done("pay.saved") }),
  );
  const error = set.error ? (fieldErrors(set.error).any ?? errorMessage(set.error, t)) : null;
  return (
    <form
      aria-label={t("pay.title")}
      className="flex flex-wrap items-end gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (ranking === null || demonstration === null) return;
        set.mutate({ campaignId, pay: { currency, ranking, demonstration, shown } });
      }}
    >
      <NumberField label={t("pay.ranking")} value={ranking} onChange={setRanking} />
      <NumberField
        label={t("pay.demonstration")}
        value={demonstration}
        onChange={setDemonstration}
      />
      <TextField
        label={t("pay.currency")}
        value={currency}
        onChange={(event) => setCurrency(event.target.value)}
        maxLength={3}
        className="w-24"
      />
      <Checkbox
        className="w-full"
        label={t("pay.shown")}
        checked={shown}
        onChange={(event) => setShown(event.target.checked)}
      />
      <Button
        type="submit"
        busy={set.isPending}
        disabled={ranking === null || demonstration === null}
      >
        {t("action.save")}
      </Button>
      {error ? (
        <p role="alert" className="w-full text-sm text-danger">
          {error}
        </p>
      ) : null}
    </form>
  );
}
