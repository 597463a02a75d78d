"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { RelativeTime } from "@/app/ui/relative-time";
import { Status, Tag } from "@/app/ui/tag";
import type { OwnNotice } from "@/server/services/own-work";

/** What a labeler is told of their work, with the figure that it rests on, and what follows. */
export function NoticeItem({ notice }: { notice: OwnNotice }) {
  const t = useT();
  const locale = useLocale();
  const trpc = useTRPC();
  const router = useRouter();
  const read = useMutation(
    trpc.work.readNotice.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  const { action, campaign, measure, note, rankings, resolvedAt } = notice;
  const share = (value: number | null) =>
    (value ?? 0).toLocaleString(locale, { style: "percent", maximumFractionDigits: 0 });
  const paused = action === "pause" && resolvedAt === null;
  return (
    <li className="border-b border-line py-4 first:pt-0">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Status
          tone={resolvedAt || action === "review" ? "neutral" : paused ? "danger" : "warning"}
        >
          {t(
            paused
              ? "work.notice.paused"
              : action === "review"
                ? "work.notice.review"
                : "work.notice.warned",
            { campaign },
          )}
        </Status>
        {!notice.seen && <Tag>{t("work.notice.new")}</Tag>}
        {resolvedAt && <Tag>{t("work.notice.over")}</Tag>}
        <span className="text-sm text-muted">
          <RelativeTime at={notice.createdAt} />
        </span>
      </p>
      <p className="mt-2 max-w-[70ch] whitespace-pre-wrap">
        {measure === "person"
          ? note
          : t(`work.notice.${measure}`, {
              rankings,
              value: share(notice.value),
              threshold: share(notice.threshold),
            })}
      </p>
      <p className="mt-1 text-sm text-muted">
        {measure === "person"
          ? t("work.notice.by", { name: notice.by ?? "–" })
          : t("work.notice.talk")}
      </p>
      {!notice.seen && (
        <Button
          className="mt-3"
          busy={read.isPending}
          onClick={() => read.mutate({ noticeId: notice.id })}
        >
          {t("work.notice.read")}
        </Button>
      )}
    </li>
  );
}
