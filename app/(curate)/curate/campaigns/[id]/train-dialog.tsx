"use client";

import { useMutation } from "@tanstack/react-query";
import { GraduationCap } from "lucide-react";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { ErrorState } from "@/app/ui/error-state";
import type { CampaignDetail } from "@/server/services/campaigns";
import { useChanged } from "./use-campaign";

/** Asks once, saying on what and what then happens; training takes minutes and closes the round. */
export function TrainButton({ detail }: { detail: CampaignDetail }) {
  const t = useT();
  const trpc = useTRPC();
  const { done } = useChanged();
  const [asking, setAsking] = useState(false);
  const train = useMutation(
    trpc.rounds.goOn.mutationOptions({
      onSuccess: () => {
        setAsking(false);
        return done("campaign.train.started");
      },
    }),
  );
  const { campaign, tally, roundId, usable, simulated } = detail;
  if (!roundId) return null;
  const simulatedCount = { count: simulated };
  const missing = tally.wanted - tally.done;
  return (
    <>
      <Button
        look="primary"
        disabled={usable === 0}
        title={usable === 0 ? t("campaign.train.none") : undefined}
        onClick={() => setAsking(true)}
        icon={<GraduationCap aria-hidden className="size-4" />}
      >
        {t("campaign.train")}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("campaign.train.title", { count: usable })}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("action.cancel")}</Button>
            <Button
              look="primary"
              busy={train.isPending}
              busyText={t("campaign.train.busy")}
              onClick={() => train.mutate({ roundId, gate: "train" })}
            >
              {t("campaign.train")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <p>{t("campaign.train.what", { round: campaign.round + 1 })}</p>
          {simulated > 0 && (
            <p>
              {campaign.config.includeSimulated
                ? t("campaign.train.simulated", simulatedCount)
                : t("campaign.train.withoutSimulated", simulatedCount)}
            </p>
          )}
          {missing > 0 && (
            <p>{t("campaign.train.early", { count: missing, wanted: tally.wanted })}</p>
          )}
          {train.isError && <ErrorState message={errorMessage(train.error, t)} />}
        </div>
      </Dialog>
    </>
  );
}

/** A failed round is taken up where it failed: it answers again, or collects again. */
export function MendButton({ detail }: { detail: CampaignDetail }) {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = useChanged();
  const { roundId } = detail;
  const mend = useMutation(
    trpc.rounds.mend.mutationOptions({ onError, onSuccess: () => done("campaign.mended") }),
  );
  if (!roundId) return null;
  return (
    <Button look="primary" busy={mend.isPending} onClick={() => mend.mutate({ roundId })}>
      {t("campaign.mend")}
    </Button>
  );
}
