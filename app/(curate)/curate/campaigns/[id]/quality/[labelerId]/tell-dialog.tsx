"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { ErrorState } from "@/app/ui/error-state";
import { Select } from "@/app/ui/select";
import { TextArea } from "@/app/ui/text-area";
import type { CampaignId, UserId } from "@/server/domain/ids";
import { useQualityChanged } from "../use-quality-changed";

interface TellProps {
  campaignId: CampaignId;
  labelerId: UserId;
  name: string;
}

/** A word to a labeler from a person, with or without a pause. */
export function TellButton({ campaignId, labelerId, name }: TellProps) {
  const t = useT();
  const trpc = useTRPC();
  const { done } = useQualityChanged();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const [action, setAction] = useState<"warn" | "pause">("warn");
  const [tried, setTried] = useState(false);
  const tell = useMutation(
    trpc.quality.tell.mutationOptions({
      onSuccess: async () => {
        setOpen(false);
        setNote("");
        setTried(false);
        await done(t("labeler.told", { name }));
      },
    }),
  );
  const missing = note.trim() === "";
  const submit = () => {
    setTried(true);
    if (!missing) tell.mutate({ campaignId, labelerId, action, note: note.trim() });
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("labeler.tell")}</Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("labeler.tell.title", { name })}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{t("action.cancel")}</Button>
            <Button look="primary" busy={tell.isPending} onClick={submit}>
              {t("labeler.tell.submit")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <TextArea
            label={t("labeler.tell.note")}
            help={t("labeler.tell.help")}
            value={note}
            maxLength={2000}
            onChange={(event) => setNote(event.target.value)}
            error={tried && missing && t("labeler.tell.wrong")}
          />
          <Select
            label={t("labeler.tell.action")}
            value={action}
            onChange={(event) => setAction(event.target.value === "pause" ? "pause" : "warn")}
            options={(["warn", "pause"] as const).map((value) => {
              return { value, label: t(`labeler.tell.${value}`) };
            })}
          />
          {tell.isError && <ErrorState message={errorMessage(tell.error, t)} />}
        </div>
      </Dialog>
    </>
  );
}
