"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { campaignState } from "@/app/(curate)/campaign-state";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { PageHeader } from "@/app/ui/page-header";
import { Progress } from "@/app/ui/progress";
import { Select } from "@/app/ui/select";
import type { CampaignId } from "@/server/domain/ids";
import type { Role } from "@/server/domain/roles";
import type { Circle } from "@/server/services/circle";
import { CircleMap } from "./circle-map";
import { edgeWords, progressText, proofWords, stationWords } from "./circle-words";
import { NextActions } from "./next-actions";
import { TruthLine } from "./truth-line";

interface CircleViewProps {
  role: Role;
  campaignId?: CampaignId;
  initial: Circle;
}

/** The map of the product, live, and under it what to do next. */
export function CircleView({ role, campaignId, initial }: CircleViewProps) {
  const t = useT();
  const locale = useLocale();
  const trpc = useTRPC();
  const router = useRouter();
  const { data, isError } = useQuery({
    ...trpc.circle.show.queryOptions({ campaignId }),
    initialData: initial,
    refetchInterval: 2500,
  });
  const { loop, campaigns, making } = data;
  if (!loop) return making ? <Making making={making} /> : <NoCampaign role={role} />;

  const speaker = { t, locale };
  return (
    <>
      <PageHeader
        title={t("circle.title")}
        state={
          <>
            <span className="font-semibold text-ink">{loop.campaign.name}</span>{" "}
            {campaignState(speaker, {
              status: loop.campaign.status,
              phase: loop.phase,
              round: loop.campaign.round,
              ...loop.rankings,
            })}
          </>
        }
        action={
          campaigns.length > 1 && (
            <Select
              label={t("circle.campaign")}
              value={loop.campaign.id}
              onChange={(event) => router.push(`/?campaign=${event.target.value}`)}
              options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
              className="w-56"
            />
          )
        }
      />
      {isError && <output className="mb-4 block text-sm text-warning">{t("circle.stale")}</output>}
      <CircleMap
        title={t("circle.map", { name: loop.campaign.name })}
        stations={stationWords(speaker, loop, role)}
        edges={edgeWords(speaker, loop)}
        proof={proofWords(speaker, loop)}
        proofFigure={<TruthLine rounds={loop.proof} />}
      />
      {making && data.next.length === 0 ? (
        <MakingProgress making={making} />
      ) : (
        <NextActions actions={data.next} />
      )}
    </>
  );
}

type MakingProps = { making: NonNullable<Circle["making"]> };

/** The first minutes of a fresh install, before there is a campaign to draw. */
function Making({ making }: MakingProps) {
  const t = useT();
  return (
    <>
      <PageHeader title={t("circle.title")} />
      <MakingProgress making={making} />
    </>
  );
}

function MakingProgress({ making: { progress, secondsLeft } }: MakingProps) {
  const t = useT();
  const locale = useLocale();
  return (
    <div className="mt-10 max-w-[65ch]">
      <Progress
        label={<span className="font-semibold">{t("circle.making")}</span>}
        value={progress}
        text={progressText({ t, locale }, { progress, secondsLeft })}
      />
      <p className="mt-3 text-muted">{t("circle.making.what")}</p>
    </div>
  );
}

function NoCampaign({ role }: { role: Role }) {
  const t = useT();
  const admin = role === "admin";
  return (
    <>
      <PageHeader title={t("circle.title")} />
      <EmptyState
        title={t(admin ? "empty.circle.admin.title" : "empty.circle.researcher.title")}
        action={
          admin ? (
            <ButtonLink look="primary" href="/curate/campaigns/new">
              {t("next.createCampaign")}
            </ButtonLink>
          ) : (
            <ButtonLink href="/research/models">{t("empty.circle.models")}</ButtonLink>
          )
        }
      >
        {t(admin ? "empty.circle.admin" : "empty.circle.researcher")}
      </EmptyState>
    </>
  );
}
