"use client";

import { useLocale, useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { ButtonLink } from "@/app/ui/button";
import { excerpt } from "@/app/ui/excerpt";
import { PageHeader, Section } from "@/app/ui/page-header";
import { RelativeTime } from "@/app/ui/relative-time";
import { durationText } from "@/app/ui/relative-time-text";
import { Table } from "@/app/ui/table";
import { Languages } from "./languages";
import type { OwnPay } from "@/server/services/own-pay";
import { NoticeItem } from "./notice-item";
import { PayTable } from "./pay-table";

interface WorkViewProps {
  work: Outputs["work"]["mine"];
  rankings: Outputs["work"]["rankings"];
  pay: OwnPay[];
  page: number;
}

/** A labeler's own work: what they are told, how it stands by campaign, and what they did. */
export function WorkView({ work, rankings, pay, page }: WorkViewProps) {
  const t = useT();
  const locale = useLocale();
  const { campaigns, notices, languages } = work;
  const count = campaigns.reduce((sum, row) => sum + row.rankings, 0);
  const seconds = campaigns.reduce((sum, row) => sum + row.seconds, 0);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={t("work.title")}
        state={
          count === 0
            ? t("work.state.none")
            : t("work.state", { count, time: durationText(seconds, locale) })
        }
      />
      {notices.length > 0 && (
        <Section title={t("work.notices")}>
          <ul>
            {notices.map((notice) => (
              <NoticeItem key={notice.id} notice={notice} />
            ))}
          </ul>
        </Section>
      )}
      {campaigns.length > 0 && (
        <Section title={t("work.campaigns")}>
          <CampaignTable rows={campaigns} />
        </Section>
      )}
      {pay.length > 0 && (
        <Section title={t("pay.own")} state={t("pay.own.state")}>
          <PayTable rows={pay} />
        </Section>
      )}
      {languages.choices.length > 0 && (
        <Section title={t("work.languages")} state={t("work.languages.help")}>
          <Languages {...languages} />
        </Section>
      )}
      <Section title={t("work.history")}>
        <History rows={rankings.rows} />
        <nav aria-label={t("work.history")} className="mt-4 flex gap-2">
          {page > 0 && (
            <ButtonLink href={`/label/work?page=${page - 1}`}>{t("work.newer")}</ButtonLink>
          )}
          {rankings.more && (
            <ButtonLink href={`/label/work?page=${page + 1}`}>{t("work.older")}</ButtonLink>
          )}
        </nav>
      </Section>
    </div>
  );
}

function CampaignTable({ rows }: { rows: WorkViewProps["work"]["campaigns"] }) {
  const t = useT();
  const locale = useLocale();
  const share = (value: number) =>
    value.toLocaleString(locale, { style: "percent", maximumFractionDigits: 0 });
  const notShown = <span className="text-muted">{t("work.notShown")}</span>;
  return (
    <Table
      caption={t("work.campaigns.caption")}
      rows={rows}
      rowKey={(row) => row.campaignId}
      columns={[
        { key: "name", header: t("work.campaign"), rowHeader: true, cell: (row) => row.name },
        {
          key: "rankings",
          header: t("work.rankings"),
          align: "end",
          cell: (row) => row.rankings.toLocaleString(locale),
        },
        {
          key: "time",
          header: t("work.time"),
          align: "end",
          cell: (row) => durationText(row.seconds, locale),
        },
        {
          key: "agreement",
          header: t("work.agreement"),
          align: "end",
          cell: ({ agreement }) =>
            agreement === null ? (
              notShown
            ) : (
              <>
                {share(agreement.rate)}
                {agreement.usual !== null && (
                  <span className="block text-muted">
                    {t("work.agreement.usual", { usual: share(agreement.usual) })}
                  </span>
                )}
              </>
            ),
        },
        {
          key: "gold",
          header: t("work.gold"),
          align: "end",
          cell: ({ gold }) => (gold === null ? notShown : t("work.gold.of", gold)),
        },
      ]}
    />
  );
}

function History({ rows }: { rows: WorkViewProps["rankings"]["rows"] }) {
  const t = useT();
  return (
    <Table
      caption={t("work.history.caption")}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<p className="text-muted">{t("work.history.empty")}</p>}
      columns={[
        {
          key: "prompt",
          header: t("work.history.prompt"),
          rowHeader: true,
          cell: (row) => excerpt(row.prompt, 100),
        },
        { key: "campaign", header: t("work.campaign"), cell: (row) => row.campaign },
        {
          key: "ranks",
          header: t("work.history.ranks"),
          cell: ({ ranked, ranks, notRankable }) => (
            <>
              {t("work.history.placed", { ranked, ranks })}
              {notRankable > 0 && (
                <span className="block text-muted">
                  {t("work.history.notRankable", { count: notRankable })}
                </span>
              )}
            </>
          ),
        },
        {
          key: "when",
          header: t("work.history.when"),
          align: "end",
          cell: (row) => <RelativeTime at={row.createdAt} />,
        },
      ]}
    />
  );
}
