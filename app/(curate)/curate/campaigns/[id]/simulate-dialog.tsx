"use client";

import { useMutation } from "@tanstack/react-query";
import { Bot } from "lucide-react";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { ErrorState } from "@/app/ui/error-state";
import { NumberField } from "@/app/ui/number-field";
import type { CampaignDetail } from "@/server/services/campaigns";
import { useChanged } from "./use-campaign";

/** What a careful reader of short lists does. */
const carefulNoise = 0.05;

/** A program plays labelers where a program can judge; it says what it is before it starts. */
export function SimulateButton({ detail }: { detail: CampaignDetail }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const missing = detail.tally.wanted - detail.tally.done;
  if (detail.campaign.verifier !== "sort" || missing <= 0) return null;
  return (
    <>
      <Button icon={<Bot aria-hidden className="size-4" />} onClick={() => setAsking(true)}>
        {t("simulate.open")}
      </Button>
      {asking && (
        <SimulateDialog detail={detail} missing={missing} onClose={() => setAsking(false)} />
      )}
    </>
  );
}

function SimulateDialog(props: { detail: CampaignDetail; missing: number; onClose: () => void }) {
  const { detail, missing, onClose } = props;
  const t = useT();
  const trpc = useTRPC();
  const { done } = useChanged();
  const [rankings, setRankings] = useState<number | null>(missing);
  const [noise, setNoise] = useState<number | null>(carefulNoise);
  const [tried, setTried] = useState(false);
  const start = useMutation(
    trpc.simulation.start.mutationOptions({
      onSuccess: () => {
        onClose();
        return done("simulate.started");
      },
    }),
  );
  const countWrong = rankings === null || !Number.isInteger(rankings) || rankings < 1;
  const tooMany = rankings !== null && rankings > missing;
  const noiseWrong = noise === null || noise < 0 || noise > 1;

  const submit = () => {
    setTried(true);
    if (countWrong || tooMany || noiseWrong) return;
    start.mutate({ campaignId: detail.campaign.id, rankings, noise });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("simulate.title")}
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" busy={start.isPending} onClick={submit}>
            {t("simulate.start", { count: rankings ?? 0 })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p>{t("simulate.what")}</p>
        <NumberField
          label={t("simulate.count")}
          help={t("simulate.count.help", { count: missing })}
          value={rankings}
          onChange={setRankings}
          error={tried && (countWrong || tooMany) && t("simulate.count.wrong", { max: missing })}
        />
        <NumberField
          label={t("simulate.noise")}
          help={t("simulate.noise.help")}
          value={noise}
          onChange={setNoise}
          error={tried && noiseWrong && t("simulate.noise.wrong")}
        />
        {start.isError && <ErrorState message={errorMessage(start.error, t)} />}
      </div>
    </Dialog>
  );
}
