"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Check, PenLine, X } from "lucide-react";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { readStored, store } from "@/app/lib/storage";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { ErrorState } from "@/app/ui/error-state";
import { FoldedText } from "@/app/ui/folded-text";
import { Kbd } from "@/app/ui/kbd";
import { ReadableText } from "@/app/ui/readable-text";
import { RelativeTime } from "@/app/ui/relative-time";
import { Tag } from "@/app/ui/tag";
import { TextArea } from "@/app/ui/text-area";
import { useToast } from "@/app/ui/toast";
import { Changes } from "./changes";
import { RejectDialog } from "./reject-dialog";

export type DemonstrationRow = Outputs["demonstrations"]["list"]["rows"][number];

/** One demonstration under its prompt, with the verdicts that can be given. */
export function DemonstrationItem({ row }: { row: DemonstrationRow }) {
  const t = useT();
  const [edited, edit] = useEdit(row.id);
  const { review, accept, reject } = useReview(row, () => edit(null));
  /** The button was pressed, and not only what was begun before shown again. */
  const [pressed, setPressed] = useState(false);
  const [rejecting, setRejecting] = useState(false);
  const changed = edited !== null && edited.trim() !== row.text;
  return (
    <li
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- j and k go through the list
      tabIndex={0}
      className="grid gap-x-8 gap-y-3 border-b border-line py-6 md:grid-cols-[16rem_1fr]"
    >
      <div className="text-sm">
        <p className="flex flex-wrap items-center gap-2">
          {t("review.by", { name: row.author })}
          {row.simulated && <Tag>{t("simulated")}</Tag>}
        </p>
        <p className="text-muted">
          {row.campaign}, <RelativeTime at={row.updatedAt} />
        </p>
      </div>
      <div className="min-w-0">
        <h2 className="text-sm font-semibold">{t("review.prompt")}</h2>
        <FoldedText text={row.prompt} className="mb-4 max-w-[70ch]" />
        {edited === null ? (
          <>
            <h2 className="text-sm font-semibold">{t("review.edit.label")}</h2>
            <ReadableText text={row.text} />
          </>
        ) : (
          <TextArea
            label={t("review.edit.label")}
            value={edited}
            onChange={(event) => edit(event.target.value)}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- whoever asked to edit wants to type
            autoFocus={pressed}
            dir="auto"
            className="max-w-[70ch]"
          />
        )}
        {changed && <Changes before={row.written ?? row.text} after={edited.trim()} />}
        {edited === null && row.written !== null && (
          <Changes before={row.written} after={row.text} />
        )}
        {row.reason && (
          <p className="mt-3 text-sm text-muted">{t("review.reason", { reason: row.reason })}</p>
        )}
        {review.isError && <ErrorState message={errorMessage(review.error, t)} />}
        <div className="mt-4 flex flex-wrap gap-2">
          {(row.status !== "accepted" || changed) && (
            <Button
              data-key="a"
              busy={review.isPending}
              disabled={edited?.trim() === ""}
              icon={<Check aria-hidden className="size-4" />}
              onClick={() => accept(changed ? edited.trim() : undefined)}
            >
              {t(changed ? "review.accept.edited" : "review.accept")} <Kbd>a</Kbd>
            </Button>
          )}
          <Button
            icon={<PenLine aria-hidden className="size-4" />}
            look="quiet"
            data-key="e"
            onClick={() => {
              setPressed(true);
              edit(edited === null ? row.text : null);
            }}
          >
            {t(edited === null ? "review.edit" : "action.cancel")} <Kbd>e</Kbd>
          </Button>
          {row.status !== "rejected" && (
            <Button
              data-key="r"
              look="quiet"
              icon={<X aria-hidden className="size-4" />}
              onClick={() => setRejecting(true)}
            >
              {t("review.reject")} <Kbd>r</Kbd>
            </Button>
          )}
        </div>
        {rejecting && (
          <RejectDialog
            busy={review.isPending}
            onClose={() => setRejecting(false)}
            onReject={reject}
          />
        )}
      </div>
    </li>
  );
}

/** What a reviewer changes a text to: kept in this browser until it is accepted or given up. */
function useEdit(id: string) {
  const key = `revealed-review:${id}`;
  const [edited, setEdited] = useState(() => readStored(key) as string | null);
  const edit = (text: string | null) => {
    setEdited(text);
    store(key, text);
  };
  return [edited, edit] as const;
}

function useReview(row: DemonstrationRow, onDone: () => void) {
  const t = useT();
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const demonstrationId = row.id;
  const review = useMutation(
    trpc.demonstrations.review.mutationOptions({
      onSuccess: async (_, { verdict }) => {
        onDone();
        toast({ text: t(verdict === "accept" ? "review.accepted" : "review.rejected") });
        await queries.invalidateQueries(trpc.demonstrations.pathFilter());
      },
    }),
  );
  return {
    review,
    accept: (text: string | undefined) =>
      review.mutate({ verdict: "accept", demonstrationId, text }),
    reject: (reason: string) => review.mutate({ verdict: "reject", demonstrationId, reason }),
  };
}
