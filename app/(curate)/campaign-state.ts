import type { useT } from "@/app/lib/i18n/client";
import type { Locale } from "@/app/lib/i18n/locale";
import { durationText } from "@/app/ui/relative-time-text";
import type { StatusTone } from "@/app/ui/tag";
import type { CampaignSummary } from "@/server/services/campaigns";

export type CampaignStatus = CampaignSummary["status"];
export type RoundPhase = NonNullable<CampaignSummary["phase"]>;

interface Where {
  status: CampaignStatus;
  phase: RoundPhase | null;
  round: number;
  done: number;
  wanted: number;
  hoursLeft?: number | null;
}

/** Where a campaign stands, in a sentence: "Round 2: 212 of 800 rankings, about 3 hours left …". */
export function campaignState(
  { t, locale }: { t: ReturnType<typeof useT>; locale: Locale },
  { status, phase, round, done, wanted, hoursLeft }: Where,
): string {
  if (status === "draft") return t("campaign.state.draft");
  if (status === "paused") return t("campaign.state.paused", { round, done, wanted });
  if (status === "closed") return t("campaign.state.closed", { round });
  if (phase === null) return t("campaign.state.draft");
  if (phase === "training") return t("campaign.state.training", { round, count: done });
  if (phase !== "collecting") return t(`campaign.state.${phase}`, { round });
  if (wanted > 0 && done >= wanted) return t("campaign.state.full", { round, wanted });
  if (!hoursLeft) return t("campaign.state.collecting", { round, done, wanted });
  const time = durationText(hoursLeft * 3600, locale);
  return t("campaign.state.pace", { round, done, wanted, time });
}

export const statusTone: Record<CampaignStatus, StatusTone> = {
  draft: "neutral",
  open: "good",
  paused: "warning",
  closed: "neutral",
};

export const phaseTone: Record<RoundPhase, StatusTone> = {
  answering: "active",
  collecting: "good",
  training: "active",
  trained: "warning",
  improving: "active",
  improved: "warning",
  done: "neutral",
  failed: "danger",
};
