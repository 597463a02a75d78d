"use client";

import { useQuery } from "@tanstack/react-query";
import { useFigures } from "@/app/(curate)/curate/campaigns/[id]/quality/use-figures";
import { useSettleNotice } from "@/app/(curate)/curate/campaigns/[id]/quality/use-quality-changed";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button, ButtonLink } from "@/app/ui/button";
import { Section } from "@/app/ui/page-header";
import { RelativeTime } from "@/app/ui/relative-time";
import type { CampaignId } from "@/server/domain/ids";

type Review = Outputs["quality"]["reviews"][number];

/** Labelers whose work a rule sent to review: what it says, their rankings, and the way to settle it. */
export function Reviews({ campaignId }: { campaignId?: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.quality.reviews.queryOptions({ campaignId }),
    refetchInterval: 30_000,
  });
  if (!data || data.length === 0) return null;
  return (
    <div className="mb-10">
      <Section title={t("disputes.reviews")} state={t("disputes.reviews.state")}>
        <ul>
          {data.map((row) => (
            <ReviewItem key={row.id} row={row} named={campaignId === undefined} />
          ))}
        </ul>
      </Section>
    </div>
  );
}

function ReviewItem({ row, named }: { row: Review; named: boolean }) {
  const t = useT();
  const { share } = useFigures();
  const { measure, labeler, labelerId, campaignId, rankings } = row;
  const settle = useSettleNotice();
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-3">
      <p className="min-w-0">
        <span className="font-semibold">{labeler}</span>{" "}
        {measure !== "person" && (
          <span>
            {t(`rules.measure.${measure}`)}: {share(row.value)} ({share(row.threshold)})
          </span>
        )}
        <span className="block text-sm text-muted">
          {named && `${row.campaign}, `}
          {t("disputes.reviews.of", { count: rankings })}, <RelativeTime at={row.createdAt} />
        </span>
      </p>
      <span className="flex flex-wrap gap-2">
        <ButtonLink href={`/curate/disputes?campaign=${campaignId}&labeler=${labelerId}`}>
          {t("disputes.reviews.look")} <span className="sr-only">{labeler}</span>
        </ButtonLink>
        <Button busy={settle.isPending} onClick={() => settle.mutate({ noticeId: row.id })}>
          {t("disputes.reviews.settle")} <span className="sr-only">{labeler}</span>
        </Button>
      </span>
    </li>
  );
}
