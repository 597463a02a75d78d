"use client";

import { campaignState, statusTone } from "@/app/(curate)/campaign-state";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { PageHeader } from "@/app/ui/page-header";
import { Status } from "@/app/ui/tag";
import type { Role } from "@/server/domain/roles";
import type { CampaignDetail } from "@/server/services/campaigns";
import { CampaignActions } from "./campaign-actions";
import { CampaignNav } from "./campaign-nav";
import { CloneButton } from "./clone-button";
import { MovingJobs } from "./moving-jobs";
import { useCampaign } from "./use-campaign";

interface HeadProps {
  initial: CampaignDetail;
  role: Role;
  /** An admin of all campaigns: only they make new ones. */
  mayCopy: boolean;
}

/** Name, state in words, the one primary action, and what runs now. */
export function CampaignHead({ initial, role, mayCopy }: HeadProps) {
  const t = useT();
  const locale = useLocale();
  const { data } = useCampaign(initial.campaign.id, initial);
  const detail = data ?? initial;
  const { campaign, policy, against, phase, tally, hoursLeft } = detail;
  const state = campaignState({ t, locale }, { ...campaign, ...tally, phase, hoursLeft });
  return (
    <>
      <PageHeader
        parent={{ href: "/curate/campaigns", label: t("campaigns.title") }}
        title={campaign.name}
        state={
          <span className="flex flex-wrap items-center gap-x-3">
            <Status tone={statusTone[campaign.status]}>
              {t(`campaign.status.${campaign.status}`)}
            </Status>
            <span data-testid="campaign-state">{state}</span>
            {policy && against && (
              <span>{t("campaign.compares", { policy: policy.name, against: against.name })}</span>
            )}
            {campaign.config.comparing?.againstModelId === null && (
              <span>{t("campaign.compares.given")}</span>
            )}
          </span>
        }
        action={
          <>
            {mayCopy && <CloneButton campaign={campaign} />}
            <CampaignActions detail={detail} role={role} />
          </>
        }
      />
      <MovingJobs detail={detail} />
      <CampaignNav
        campaignId={campaign.id}
        admin={role === "admin"}
        compares={campaign.config.comparing !== undefined}
      />
    </>
  );
}
