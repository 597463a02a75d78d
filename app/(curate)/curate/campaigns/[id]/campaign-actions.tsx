"use client";

import { Eye, Play } from "lucide-react";
import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { Button, ButtonLink } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import type { Role } from "@/server/domain/roles";
import type { CampaignDetail } from "@/server/services/campaigns";
import { SimulateButton } from "./simulate-dialog";
import { MendButton, TrainButton } from "./train-dialog";
import { useMoves } from "./use-campaign";

/** What can be done with a campaign in its present state; the primary one stands last. */
export function CampaignActions({ detail, role }: { detail: CampaignDetail; role: Role }) {
  const { campaign, phase } = detail;
  const admin = role === "admin";
  const exporting = <ExportLink detail={detail} primary={campaign.status === "closed"} />;

  if (campaign.status === "draft")
    return admin && detail.moving.length === 0 ? <OpenButton detail={detail} /> : null;
  if (campaign.status !== "open") {
    return (
      <>
        {admin && <MoveButton detail={detail} />}
        {exporting}
      </>
    );
  }
  return (
    <>
      {admin && <MoveButton detail={detail} />}
      {phase === "collecting" && admin && <SimulateButton detail={detail} />}
      {phase === "collecting" && <TrainButton detail={detail} />}
      {phase === "failed" && <MendButton detail={detail} />}
      {(phase === "training" || phase === "improving") && <WatchLink detail={detail} />}
    </>
  );
}

function OpenButton({ detail }: { detail: CampaignDetail }) {
  const t = useT();
  const moves = useMoves(detail.campaign.id);
  const ready = detail.campaign.policyModelId !== null && detail.prompts.total > 0;
  if (!ready) {
    const missing = detail.campaign.policyModelId ? "prompts" : "settings";
    return (
      <ButtonLink look="primary" href={`/curate/campaigns/${detail.campaign.id}/${missing}`}>
        {missing === "prompts" ? t("prompts.add") : t("next.choosePolicy")}
      </ButtonLink>
    );
  }
  return (
    <Button
      look="primary"
      busy={moves.busy}
      onClick={moves.open}
      icon={<Play aria-hidden className="size-4" />}
    >
      {t("campaign.open")}
    </Button>
  );
}

/** Pause and close while open; go on while paused; open again when closed. */
function MoveButton({ detail }: { detail: CampaignDetail }) {
  const t = useT();
  const moves = useMoves(detail.campaign.id);
  const [closing, setClosing] = useState(false);
  const { status } = detail.campaign;
  if (status === "closed") {
    return (
      <Button busy={moves.busy} onClick={moves.reopen}>
        {t("campaign.reopen")}
      </Button>
    );
  }
  return (
    <>
      <Button look="quiet" onClick={() => setClosing(true)}>
        {t("campaign.close")}
      </Button>
      {status === "paused" ? (
        <Button look="primary" busy={moves.busy} onClick={moves.resume}>
          {t("campaign.resume")}
        </Button>
      ) : (
        <Button look="quiet" busy={moves.busy} onClick={moves.pause}>
          {t("campaign.pause")}
        </Button>
      )}
      <Dialog
        open={closing}
        onClose={() => setClosing(false)}
        title={t("campaign.close.title")}
        actions={
          <>
            <Button onClick={() => setClosing(false)}>{t("action.cancel")}</Button>
            <Button
              look="primary"
              onClick={() => {
                setClosing(false);
                moves.close();
              }}
            >
              {t("campaign.close")}
            </Button>
          </>
        }
      >
        <p>{t("campaign.close.what")}</p>
      </Dialog>
    </>
  );
}

function WatchLink({ detail }: { detail: CampaignDetail }) {
  const t = useT();
  const runId = detail.moving.find((item) => item.runId)?.runId;
  if (!runId) return null;
  return (
    <ButtonLink
      look="primary"
      href={`/research/runs/${runId}`}
      icon={<Eye aria-hidden className="size-4" />}
    >
      {t("campaign.watch")}
    </ButtonLink>
  );
}

function ExportLink({ detail, primary }: { detail: CampaignDetail; primary: boolean }) {
  const t = useT();
  return (
    <ButtonLink
      look={primary ? "primary" : "secondary"}
      href={`/research/snapshots?campaign=${detail.campaign.id}`}
    >
      {t("campaign.export")}
    </ButtonLink>
  );
}
