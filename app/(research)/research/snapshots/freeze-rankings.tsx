"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { Dialog } from "@/app/ui/dialog";
import { ErrorState } from "@/app/ui/error-state";
import { Select } from "@/app/ui/select";

type Choice = Outputs["snapshots"]["choices"][number];

/** Asks which campaign to freeze, and says beforehand what will be in and what will not. */
export function FreezeRankings({ choices }: { choices: readonly Choice[] }) {
  const t = useT();
  const trpc = useTRPC();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [campaignId, setCampaignId] = useState(choices.find((one) => one.people > 0)?.id ?? "");
  const [includeSimulated, setIncludeSimulated] = useState(false);
  const create = useMutation(
    trpc.snapshots.create.mutationOptions({
      onSuccess: ({ id }) => router.push(`/research/snapshots/${id}`),
    }),
  );
  const chosen = choices.find((one) => one.id === campaignId);
  const close = () => {
    setOpen(false);
    create.reset();
  };
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        {t("snapshots.freeze")}
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={t("snapshots.freeze")}
        actions={
          <>
            <Button onClick={close}>{t("action.cancel")}</Button>
            <Button
              look="primary"
              disabled={!chosen}
              busy={create.isPending}
              busyText={t("snapshots.freezing")}
              onClick={() => chosen && create.mutate({ campaignId: chosen.id, includeSimulated })}
            >
              {t("snapshots.freeze")}
            </Button>
          </>
        }
      >
        <div className="grid gap-4">
          <p>{t("snapshots.freezeHelp")}</p>
          <Select
            label={t("snapshots.campaign")}
            placeholder={t("snapshots.chooseCampaign")}
            value={campaignId}
            onChange={(event) => setCampaignId(event.target.value)}
            options={choices.map((one) => ({
              value: one.id,
              label: `${one.name} – ${t("snapshots.count", { count: one.people })}`,
            }))}
          />
          {chosen && chosen.simulated > 0 ? (
            <Checkbox
              label={t("snapshots.includeSimulated", { count: chosen.simulated })}
              help={t("snapshots.includeSimulatedHelp")}
              checked={includeSimulated}
              onChange={(event) => setIncludeSimulated(event.target.checked)}
            />
          ) : null}
          {chosen ? (
            <p className="text-sm text-muted" aria-live="polite">
              {t("snapshots.willHold", {
                count: chosen.people + (includeSimulated ? chosen.simulated : 0),
                out: includeSimulated ? 0 : chosen.simulated,
              })}
            </p>
          ) : null}
          {create.error ? <ErrorState message={errorMessage(create.error, t)} /> : null}
        </div>
      </Dialog>
    </>
  );
}
