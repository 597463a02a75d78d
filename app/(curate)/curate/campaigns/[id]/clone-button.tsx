"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { Dialog } from "@/app/ui/dialog";
import { ErrorState } from "@/app/ui/error-state";
import { TextField } from "@/app/ui/text-field";
import type { CampaignDetail } from "@/server/services/campaigns";

/** Says what a copy has, asks for its name, and leads to it. */
export function CloneButton({ campaign }: Pick<CampaignDetail, "campaign">) {
  const t = useT();
  const trpc = useTRPC();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(t("clone.nameOf", { name: campaign.name }).slice(0, 120));
  const [prompts, setPrompts] = useState(true);
  const clone = useMutation(
    trpc.campaigns.clone.mutationOptions({
      onSuccess: ({ id }) => {
        setOpen(false);
        router.push(`/curate/campaigns/${id}/settings`);
      },
    }),
  );
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        {t("clone.open")}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("clone.title")}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{t("action.cancel")}</Button>
            <Button
              look="primary"
              busy={clone.isPending}
              disabled={name.trim() === ""}
              onClick={() => clone.mutate({ campaignId: campaign.id, name, prompts })}
            >
              {t("clone.do")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <p>{t("clone.what")}</p>
          <TextField
            label={t("clone.name")}
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.target.value)}
          />
          <Checkbox
            label={t("clone.prompts")}
            checked={prompts}
            onChange={(event) => setPrompts(event.target.checked)}
          />
          {clone.isError && <ErrorState message={errorMessage(clone.error, t)} />}
        </div>
      </Dialog>
    </>
  );
}
