"use client";

import { useQuery } from "@tanstack/react-query";
import { Loaded } from "@/app/(curate)/loaded";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Link } from "@/app/ui/link";
import { Section } from "@/app/ui/page-header";
import type { CampaignId } from "@/server/domain/ids";
import type { Forecast } from "@/server/services/forecast";
import { finishText, moneyText, workText } from "./forecast-words";

/** What the present round still takes and costs. */
export function ForecastSection({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const forecast = useQuery({
    ...trpc.campaigns.forecast.queryOptions({ campaignId }),
    refetchInterval: 30_000,
  });
  return (
    <Section title={t("forecast.title")}>
      <Loaded query={forecast}>
        {(data) => <ForecastFacts forecast={data} campaignId={campaignId} />}
      </Loaded>
    </Section>
  );
}

function ForecastFacts({ forecast, campaignId }: { forecast: Forecast; campaignId: CampaignId }) {
  const t = useT();
  const locale = useLocale();
  const { wanted, done, finish, work, cost } = forecast;
  const money = (amount: number) => (cost ? moneyText(amount, cost.currency, locale) : "");
  return (
    <>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[10rem_1fr]">
        <dt className="text-muted">{t("forecast.rankings")}</dt>
        <dd className="tabular">
          {t("forecast.rankings.text", { done, wanted, left: Math.max(0, wanted - done) })}
        </dd>
        <dt className="text-muted">{t("forecast.finish")}</dt>
        <dd>{finishText({ t, locale }, finish)}</dd>
        <dt className="text-muted">{t("forecast.work")}</dt>
        <dd>{workText({ t, locale }, work)}</dd>
        <dt className="text-muted">{t("forecast.cost")}</dt>
        <dd className="tabular">
          {cost ? (
            t("forecast.cost.text", {
              total: money(cost.total),
              spent: money(cost.spent),
              remaining: money(cost.remaining),
            })
          ) : (
            <>
              {t("forecast.cost.none")}{" "}
              <Link href={`/curate/campaigns/${campaignId}/people`}>{t("forecast.cost.set")}</Link>
            </>
          )}
        </dd>
      </dl>
      {finish && finish.hours > 0 && (
        <p className="mt-3 max-w-[75ch] text-sm text-muted">
          {t(finish.window === 1 ? "forecast.how.hour" : "forecast.how.day", {
            count: finish.rankings,
          })}
        </p>
      )}
    </>
  );
}
