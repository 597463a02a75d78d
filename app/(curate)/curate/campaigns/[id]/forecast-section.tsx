"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { ButtonLink } from "@/app/ui/button";
import { moneyText } from "@/app/ui/money-text";
import { Section } from "@/app/ui/page-header";
import { durationText } from "@/app/ui/relative-time-text";
import type { CampaignId } from "@/server/domain/ids";
import type { Forecast } from "@/server/services/forecast";

const minute = 60_000;

/** When the present round will have its rankings at the pace of late, and what they cost. */
export function ForecastSection({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const { data, dataUpdatedAt } = useQuery({
    ...trpc.campaigns.forecast.queryOptions({ campaignId }),
    refetchInterval: minute,
  });
  if (!data || data.wanted === 0) return null; // nothing is asked of people yet
  return (
    <Section title={t("forecast.title")}>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_1fr]">
        <Fact name={t("forecast.finish")}>
          <FinishWords forecast={data} at={dataUpdatedAt} />
        </Fact>
        <Fact name={t("forecast.costs")}>
          <CostWords forecast={data} campaignId={campaignId} />
        </Fact>
      </dl>
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted">{name}</dt>
      <dd className="max-w-[75ch]">{children}</dd>
    </div>
  );
}

/** @param at when the forecast was made, in milliseconds since 1970 */
function FinishWords({ forecast, at }: { forecast: Forecast; at: number }) {
  const t = useT();
  const locale = useLocale();
  const { finish, done, wanted, recent } = forecast;
  const left = Math.max(0, wanted - done);
  if (left === 0) return t("forecast.full", { wanted });
  if (!finish) return t("forecast.unknown", { left });
  const day = (hours: number) =>
    new Date(at + hours * 60 * minute).toLocaleString(locale, {
      weekday: "short",
      day: "numeric",
      month: "short",
      ...(finish.latest < 72 && { hour: "numeric", minute: "2-digit" }),
    });
  const [soonest, latest] = [day(finish.soonest), day(finish.latest)];
  return (
    <>
      <span className="block">
        {soonest === latest
          ? t("forecast.day", { day: day(finish.hours), left })
          : t("forecast.range", { day: day(finish.hours), soonest, latest, left })}
      </span>
      <span className="block text-sm text-muted">
        {t("forecast.pace", {
          count: recent.rankings,
          time: durationText(recent.hours * 3600, locale),
        })}
      </span>
    </>
  );
}

function CostWords({ forecast, campaignId }: { forecast: Forecast; campaignId: CampaignId }) {
  const t = useT();
  const locale = useLocale();
  const { costs, seconds } = forecast;
  const time = seconds === null ? null : durationText(seconds, locale);
  if (!costs)
    return (
      <span className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {time === null ? t("forecast.noPay") : t("forecast.noPay.time", { time })}
        <ButtonLink look="quiet" href={`/curate/campaigns/${campaignId}/settings`}>
          {t("forecast.setPay")}
        </ButtonLink>
      </span>
    );
  const sum = (amount: number) => moneyText(amount, costs.currency, locale);
  return (
    <>
      <span className="block">
        {t("forecast.sum", {
          spent: sum(costs.spent),
          remaining: sum(costs.remaining),
          all: sum(costs.spent + costs.remaining),
        })}
      </span>
      {costs.perHour !== null && time !== null && (
        <span className="block text-sm text-muted">
          {t("forecast.perHour", { time, sum: sum(Math.round(costs.perHour * 100) / 100) })}
        </span>
      )}
    </>
  );
}
