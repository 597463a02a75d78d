"use client";

import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { RelativeTime } from "@/app/ui/relative-time";
import { Table } from "@/app/ui/table";
import { Status } from "@/app/ui/tag";
import { useFigures } from "../use-figures";
import { useSettleNotice } from "../use-quality-changed";

type Notice = Outputs["quality"]["labeler"]["notices"][number];

/** What was said of a labeler's work, with what became of it. */
export function NoticeTable({ notices, admin }: { notices: Notice[]; admin: boolean }) {
  const t = useT();
  const { share } = useFigures();
  const settle = useSettleNotice();
  const what = ({ measure, action, value, threshold, note }: Notice) => (
    <>
      <span className="font-semibold">{t(`quality.standing.${action}`)}</span>
      {measure === "person" ? (
        <span className="block whitespace-pre-wrap">{note}</span>
      ) : (
        <span className="block">
          {t(`rules.measure.${measure}`)}: {share(value)} ({share(threshold)})
        </span>
      )}
    </>
  );
  return (
    <Table
      caption={t("labeler.notices.caption")}
      rows={notices}
      rowKey={(row) => row.id}
      empty={<p className="text-muted">{t("labeler.notices.none")}</p>}
      columns={[
        { key: "what", header: t("labeler.notice.what"), rowHeader: true, cell: what },
        {
          key: "when",
          header: t("labeler.notice.when"),
          cell: (row) => <RelativeTime at={row.createdAt} />,
        },
        {
          key: "seen",
          header: t("labeler.notice.seen"),
          cell: (row) => t(row.seenAt ? "labeler.notice.yes" : "labeler.notice.no"),
        },
        {
          key: "state",
          header: t("labeler.notice.state"),
          cell: (row) => (
            <span className="flex flex-wrap items-center gap-3">
              <Status tone={row.resolvedAt ? "neutral" : "warning"}>
                {t(row.resolvedAt ? "labeler.notice.settled" : "labeler.notice.open")}
              </Status>
              {admin && !row.resolvedAt && (
                <Button busy={settle.isPending} onClick={() => settle.mutate({ noticeId: row.id })}>
                  {t(row.action === "pause" ? "labeler.settle.pause" : "labeler.settle")}
                </Button>
              )}
            </span>
          ),
        },
      ]}
    />
  );
}
