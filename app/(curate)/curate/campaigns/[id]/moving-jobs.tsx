"use client";

import { movingText } from "@/app/(circle)/circle-words";
import type { MessageKey } from "@/app/lib/i18n/catalogue";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { Link } from "@/app/ui/link";
import { Progress } from "@/app/ui/progress";
import type { CampaignDetail } from "@/server/services/campaigns";
import type { Moving } from "@/server/services/circle-moving";

const titles: Partial<Record<Moving["edge"], MessageKey>> = {
  answer: "campaign.moving.answer",
  fit: "campaign.moving.fit",
  practise: "campaign.moving.practise",
  imitate: "campaign.moving.imitate",
  renew: "campaign.moving.renew",
};

/** What runs for this campaign, each with how far it is. */
export function MovingJobs({ detail }: { detail: CampaignDetail }) {
  const t = useT();
  const locale = useLocale();
  if (detail.moving.length === 0) return null;
  return (
    <section aria-label={t("campaign.moving")} className="mb-8 flex max-w-xl flex-col gap-3">
      {detail.moving.map((item) => {
        const title =
          item.job === "simulate"
            ? t("campaign.moving.simulate")
            : t(titles[item.edge] ?? "campaign.moving.other");
        return (
          <Progress
            key={item.jobId}
            label={item.runId ? <Link href={`/research/runs/${item.runId}`}>{title}</Link> : title}
            value={item.queued ? 0 : item.progress}
            text={movingText({ t, locale }, item)}
          />
        );
      })}
    </section>
  );
}
