"use client";

import { useT } from "@/app/lib/i18n/client";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import type { LabelingProgress } from "@/server/services/labeling";

/** Why there is nothing to rank, and when there will be again. */
export function NothingLeft(props: { progress: LabelingProgress[]; loading: boolean }) {
  const t = useT();
  if (props.loading) return <p className="py-10 text-muted">{t("state.loading")}</p>;
  const [first] = props.progress;
  if (!first)
    return <EmptyState title={t("rank.noCampaign")}>{t("rank.noCampaign.text")}</EmptyState>;
  return (
    <EmptyState
      title={t("rank.nothingLeft", { campaign: first.name })}
      action={<ButtonLink href="/label">{t("rank.nothingLeft.home")}</ButtonLink>}
    >
      {t(
        first.phase === "collecting" ? "rank.nothingLeft.collecting" : "rank.nothingLeft.training",
        {
          round: first.round,
          next: first.round + 1,
          mine: first.mine,
        },
      )}
    </EmptyState>
  );
}
