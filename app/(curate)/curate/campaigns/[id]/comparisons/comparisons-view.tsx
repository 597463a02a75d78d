"use client";

import { useQuery } from "@tanstack/react-query";
import { Loaded } from "@/app/(curate)/loaded";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { EmptyState } from "@/app/ui/empty-state";
import { Section } from "@/app/ui/page-header";
import type { CampaignId } from "@/server/domain/ids";
import { PairTable } from "./pair-table";
import { PointTable } from "./point-table";
import { SideFigures } from "./side-figures";

/** What a campaign's comparisons say: who wins, how strongly, and whether the side decided. */
export function ComparisonsView({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const results = useQuery({
    ...trpc.campaigns.comparisons.queryOptions({ campaignId }),
    refetchInterval: 15_000,
  });
  return (
    <Loaded query={results}>
      {(found) =>
        found === null ? (
          <EmptyState title={t("comparisons.notKind")} />
        ) : found.comparisons === 0 ? (
          <EmptyState title={t("comparisons.none.title")}>{t("comparisons.none")}</EmptyState>
        ) : (
          <>
            <Section
              title={t("comparisons.models")}
              state={t("comparisons.models.state", {
                count: found.comparisons,
                tasks: found.tasks,
                labelers: found.labelers,
              })}
            >
              <PairTable pairs={found.pairs} reach={found.reach} />
              <p className="mt-4 max-w-[75ch] text-sm text-muted">
                {t("comparisons.overlap")}{" "}
                {found.includeSimulated ? t("comparisons.simulated") : null}
              </p>
            </Section>
            <Section title={t("comparisons.sides")} state={t("comparisons.sides.state")}>
              <SideFigures sides={found.sides} />
            </Section>
            <Section title={t("comparisons.points")}>
              <PointTable points={found.points} />
            </Section>
          </>
        )
      }
    </Loaded>
  );
}
