"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { Loaded } from "@/app/(curate)/loaded";
import { Pager } from "@/app/(curate)/pager";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button, ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { excerpt } from "@/app/ui/excerpt";
import { FoldedText } from "@/app/ui/folded-text";
import { ShownText } from "@/app/ui/shown-text";
import { Table } from "@/app/ui/table";
import { Status } from "@/app/ui/tag";
import type { CampaignId } from "@/server/domain/ids";
import { useFigures } from "../quality/use-figures";
import { useQualityChanged } from "../quality/use-quality-changed";

type Gold = Outputs["quality"]["gold"]["rows"][number];

const perPage = 50;

/** A campaign's gold: what is expected, how many saw it, how it went. */
export function GoldView({ campaignId, admin }: { campaignId: CampaignId; admin: boolean }) {
  const t = useT();
  const trpc = useTRPC();
  const [page, setPage] = useState(0);
  const gold = useQuery({
    ...trpc.quality.gold.queryOptions({ campaignId, page }),
    placeholderData: keepPreviousData,
  });
  const quality = useQuery(trpc.quality.get.queryOptions({ campaignId }));
  const { share } = useFigures();
  const rate = quality.data?.distribution.goldRate;
  const home = `/curate/campaigns/${campaignId}`;
  return (
    <Loaded query={gold}>
      {({ rows, total, inUse }) =>
        total === 0 ? (
          <EmptyState
            title={t("gold.empty.title")}
            action={
              admin && (
                <ButtonLink href={`${home}/consensus?show=tasks`}>{t("gold.make")}</ButtonLink>
              )
            }
          >
            {t("gold.empty")}
          </EmptyState>
        ) : (
          <>
            <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
              <p className="text-muted">
                {t("gold.state", { count: inUse })}{" "}
                {rate === undefined
                  ? null
                  : rate === 0
                    ? t("gold.state.off")
                    : t("gold.state.rate", { share: share(rate) })}
              </p>
              <span className="flex flex-wrap gap-2">
                <ButtonLink href={`${home}/quality/rules`}>{t("quality.rules")}</ButtonLink>
                {admin && (
                  <ButtonLink href={`${home}/consensus?show=tasks`}>{t("gold.make")}</ButtonLink>
                )}
              </span>
            </div>
            <GoldTable rows={rows} admin={admin} />
            <Pager page={page} onPage={setPage} of={{ perPage, total }} />
          </>
        )
      }
    </Loaded>
  );
}

function GoldTable({ rows, admin }: { rows: Gold[]; admin: boolean }) {
  const t = useT();
  const { share, range } = useFigures();
  return (
    <Table
      caption={t("gold.table")}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "prompt",
          header: t("gold.prompt"),
          rowHeader: true,
          cell: (row) => <FoldedText text={row.prompt} />,
        },
        {
          key: "expected",
          header: t("gold.expected"),
          cell: (row) => (
            <ol className="list-decimal pl-5">
              {row.expected.map((group) => (
                <li key={group.join("\n")}>
                  {group.map((text, i) => (
                    <Fragment key={text}>
                      {i > 0 && " = "}
                      <bdi>{text === "" ? "␣" : <ShownText text={excerpt(text, 80)} />}</bdi>
                    </Fragment>
                  ))}
                </li>
              ))}
            </ol>
          ),
        },
        { key: "seen", header: t("gold.seen"), align: "end", cell: (row) => row.seen },
        {
          key: "right",
          header: t("gold.right"),
          align: "end",
          cell: (row) =>
            row.accuracy === null ? (
              "–"
            ) : (
              <>
                {share(row.accuracy)}
                <span className="block text-muted">{range(row.interval)}</span>
              </>
            ),
        },
        {
          key: "status",
          header: t("gold.status"),
          cell: (row) => (
            <span className="flex flex-wrap items-center gap-3">
              <Status tone={row.retiredAt ? "neutral" : "good"}>
                {t(row.retiredAt ? "gold.retired" : "gold.inUse")}
              </Status>
              {admin && <RetireButton row={row} />}
            </span>
          ),
        },
      ]}
    />
  );
}

function RetireButton({ row }: { row: Gold }) {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = useQualityChanged();
  const retire = useMutation(
    trpc.quality.retireGold.mutationOptions({ onError, onSuccess: () => done() }),
  );
  const word = row.retiredAt ? "gold.restore" : "gold.retire";
  return (
    <Button
      busy={retire.isPending}
      aria-label={t(`${word}.of`, { prompt: excerpt(row.prompt, 60) })}
      onClick={() => retire.mutate({ goldId: row.id, retired: row.retiredAt === null })}
    >
      {t(word)}
    </Button>
  );
}
