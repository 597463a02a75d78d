"use client";

import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { Loaded } from "@/app/(curate)/loaded";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { Section } from "@/app/ui/page-header";
import { RelativeTime } from "@/app/ui/relative-time";
import type { CampaignId } from "@/server/domain/ids";
import { measuredRankings } from "@/server/domain/quality/report";
import { LabelerTable } from "./labeler-table";
import { useFigures } from "./use-figures";

type Quality = Outputs["quality"]["get"];

/** How a campaign's labelers agree, together and each. */
export function QualityView({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const quality = useQuery({
    ...trpc.quality.get.queryOptions({ campaignId }),
    refetchInterval: 15_000,
  });
  const rules = (
    <ButtonLink
      href={`/curate/campaigns/${campaignId}/quality/rules`}
      icon={<SlidersHorizontal aria-hidden className="size-4" />}
    >
      {t("quality.rules")}
    </ButtonLink>
  );
  return (
    <Loaded query={quality}>
      {({ together, labelers, measuredAt }) =>
        together === null || measuredAt === null ? (
          <EmptyState title={t("quality.none.title")} action={rules}>
            {t("quality.none")}
          </EmptyState>
        ) : (
          <>
            <Section
              title={t("quality.together")}
              state={
                <>
                  {t("quality.measured")} <RelativeTime at={measuredAt} />
                  {together.rankings >= measuredRankings &&
                    ` · ${t("quality.latest", { count: measuredRankings })}`}
                </>
              }
              action={rules}
            >
              <Together together={together} />
              {together.shared === 0 && (
                <p className="mt-4 max-w-[75ch] text-sm text-muted">{t("quality.noOverlap")}</p>
              )}
            </Section>
            <Section
              title={t("quality.labelers")}
              state={t("quality.labelers.state", {
                count: labelers.length,
                open: labelers.filter((row) => row.standing !== "good").length,
              })}
            >
              <LabelerTable campaignId={campaignId} labelers={labelers} />
              <p className="mt-4 max-w-[75ch] text-sm text-muted">{t("quality.weight.note")}</p>
            </Section>
          </>
        )
      }
    </Loaded>
  );
}

function Together({ together }: { together: NonNullable<Quality["together"]> }) {
  const t = useT();
  const { share, coefficient, range } = useFigures();
  const { tasks } = together;
  const figures = [
    { key: "alpha", value: coefficient(together.alpha), help: t("quality.alpha.help") },
    {
      key: "pairwise",
      value: share(together.pairwise),
      help: `${range(together.pairwiseInterval)}, ${t("quality.pairwise.help")}`,
    },
    { key: "tau", value: coefficient(together.tau), help: t("quality.tau.help") },
    { key: "w", value: coefficient(together.w), help: t("quality.w.help") },
    { key: "ties", value: share(together.ties), help: t("quality.ties.help") },
    {
      key: "shared",
      value: together.shared.toLocaleString(),
      help: t("quality.shared.help", { tasks }),
    },
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
      {figures.map(({ key, value, help }) => (
        <div key={key}>
          <dt className="text-sm text-muted">{t(`quality.${key}`)}</dt>
          <dd className="tabular text-xl font-semibold">{value}</dd>
          <dd className="text-sm text-muted">{help}</dd>
        </div>
      ))}
    </dl>
  );
}
