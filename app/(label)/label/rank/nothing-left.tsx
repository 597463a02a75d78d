"use client";

import { useT } from "@/app/lib/i18n/client";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import type { LabelingProgress } from "@/server/services/labeling";

interface NothingLeftProps {
  /** The campaign that was asked for, or the first; absent when none is open. */
  campaign: LabelingProgress | undefined;
  /** Another campaign with something to rank. */
  other: LabelingProgress | undefined;
  loading: boolean;
}

/** Why there is nothing to rank, when there will be again, and what to do meanwhile. */
export function NothingLeft({ campaign, other, loading }: NothingLeftProps) {
  const t = useT();
  if (loading) return <p className="py-10 text-muted">{t("state.loading")}</p>;
  const elsewhere = other ? (
    <ButtonLink look="primary" href={`/label/rank?campaign=${other.campaignId}`}>
      {t("rank.nothingLeft.other", { campaign: other.name })}
    </ButtonLink>
  ) : null;
  if (!campaign)
    return (
      <EmptyState title={t(other ? "rank.notOpen" : "rank.noCampaign")} action={elsewhere}>
        {t("rank.noCampaign.text")}
      </EmptyState>
    );
  const { name, round, mine, phase, barred } = campaign;
  if (barred)
    return (
      <EmptyState
        title={t(`rank.barred.${barred}`, { campaign: name })}
        action={
          <>
            {elsewhere}
            {barred === "paused" ? (
              <ButtonLink href="/label/work">{t("nav.work")}</ButtonLink>
            ) : (
              <ButtonLink href={`/label/enter?campaign=${campaign.campaignId}`}>
                {t(barred === "entry" ? "enter.link" : "rank.barred.qualification.link")}
              </ButtonLink>
            )}
          </>
        }
      >
        {t(`rank.barred.${barred}.text`)}
      </EmptyState>
    );
  return (
    <EmptyState
      title={t("rank.nothingLeft", { campaign: name })}
      action={
        <>
          {elsewhere}
          <ButtonLink href="/label">{t("rank.nothingLeft.home")}</ButtonLink>
        </>
      }
    >
      {t(phase === "collecting" ? "rank.nothingLeft.collecting" : "rank.nothingLeft.training", {
        round,
        next: round + 1,
        mine,
      })}
    </EmptyState>
  );
}
