import type { Metadata } from "next";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { Link } from "@/app/ui/link";
import { PageHeader, Section } from "@/app/ui/page-header";
import { Progress } from "@/app/ui/progress";
import { services } from "@/server/services/context";
import { maySomewhere } from "@/server/domain/roles";
import { demonstrationProgress, ownDemonstrations } from "@/server/services/demonstrations";
import { yetToEnter } from "@/server/services/entry";
import { labelingProgress, ownRankingCount } from "@/server/services/labeling";
import { unreadNotices } from "@/server/services/own-work";
import { Guidelines } from "./guidelines";
import { OwnDemonstrations } from "./own-demonstrations";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("label.title") };
}

/** A labeler's home: what to do next, and how far it is. */
export default async function Page() {
  const t = await getT();
  const viewer = await requireViewer();
  if (!maySomewhere(viewer, "labeler"))
    return (
      <EmptyState title={<h1>{t("label.noRole.title")}</h1>}>{t("label.noRole.text")}</EmptyState>
    );
  const ctx = services();
  const [rounds, prompts, own, mine, unread, ahead] = await Promise.all([
    labelingProgress(ctx, viewer),
    demonstrationProgress(ctx, viewer),
    ownDemonstrations(ctx, viewer),
    ownRankingCount(ctx, viewer),
    unreadNotices(ctx, viewer),
    yetToEnter(ctx, viewer),
  ]);
  const first = rounds.find((row) => row.left > 0);
  const compares = (campaignId: string) =>
    prompts.some((row) => row.campaignId === campaignId && row.compares);
  const startOf = (campaignId: string) =>
    t(compares(campaignId) ? "label.compare.start" : "label.rank.start");
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={t("label.title")}
        state={mine > 0 ? t("label.state", { count: mine }) : t("label.state.none")}
        action={
          first ? (
            <ButtonLink look="primary" href={`/label/rank?campaign=${first.campaignId}`}>
              {startOf(first.campaignId)}
            </ButtonLink>
          ) : null
        }
      />
      {unread > 0 ? (
        <p className="mb-6 flex flex-wrap items-center gap-x-3 gap-y-1 border-l-4 border-warning pl-3">
          {t("work.noticeHere", { count: unread })}
          <Link href="/label/work">{t("work.noticeHere.read")}</Link>
        </p>
      ) : null}
      {ahead.map(({ campaignId, name }) => (
        <div
          key={campaignId}
          className="mb-6 flex flex-wrap items-center justify-between gap-3 border-l-4 border-accent pl-3"
        >
          <p>{t("enter.home", { campaign: name })}</p>
          <ButtonLink href={`/label/enter?campaign=${campaignId}`}>{t("enter.link")}</ButtonLink>
        </div>
      ))}
      {prompts.length === 0 ? (
        <EmptyState title={t("label.nothing.title")}>{t("label.nothing.text")}</EmptyState>
      ) : null}
      {prompts.map((campaign) => {
        const round = rounds.find((row) => row.campaignId === campaign.campaignId);
        return (
          <Section
            key={campaign.campaignId}
            title={campaign.name}
            action={<Guidelines name={campaign.name} text={campaign.guidelines} />}
          >
            {round ? (
              <div className="mb-6">
                <Progress
                  label={t(campaign.compares ? "label.compare.progress" : "label.rank.progress", {
                    round: round.round,
                  })}
                  value={round.done}
                  max={round.wanted}
                  text={`${t("label.count", { done: round.done, wanted: round.wanted })}, ${t("label.mine", { mine: round.mine })}`}
                />
                <div className="mt-2 flex flex-wrap items-center justify-between gap-3 sm:flex-nowrap">
                  <p className="text-muted">
                    {round.phase !== "collecting"
                      ? t("label.rank.waiting", { round: round.round })
                      : round.left > 0
                        ? t("label.rank.left", { count: round.left, round: round.round })
                        : round.barred
                          ? t(`rank.barred.${round.barred}`, { campaign: campaign.name })
                          : t("label.rank.none", { round: round.round })}
                  </p>
                  {round.left > 0 && round !== first ? (
                    <ButtonLink
                      className="shrink-0"
                      href={`/label/rank?campaign=${round.campaignId}`}
                    >
                      {startOf(round.campaignId)}
                    </ButtonLink>
                  ) : null}
                </div>
              </div>
            ) : null}
            <div className="flex flex-wrap items-center justify-between gap-3 sm:flex-nowrap">
              <p className="text-muted">
                {campaign.left > 0
                  ? t("label.demonstrate.text", { count: campaign.left })
                  : round?.barred
                    ? null
                    : t("label.demonstrate.none")}
              </p>
              {campaign.left > 0 ? (
                <ButtonLink
                  className="shrink-0"
                  href={`/label/demonstrate?campaign=${campaign.campaignId}`}
                >
                  {t("label.demonstrate.start")}
                </ButtonLink>
              ) : null}
            </div>
          </Section>
        );
      })}
      {own.length > 0 ? (
        <Section title={t("label.demonstrations.title")}>
          <OwnDemonstrations rows={own} />
        </Section>
      ) : null}
    </div>
  );
}
