"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { ErrorState } from "@/app/ui/error-state";
import { TextField } from "@/app/ui/text-field";
import type { CampaignId, PromptId } from "@/server/domain/ids";

interface MoveDialogProps {
  campaignId: CampaignId;
  promptIds: PromptId[];
  onClose: () => void;
  onMoved: (count: number) => void | Promise<void>;
}

/** Puts selected prompts into a cluster, one that is there or a new one. */
export function MoveDialog({ campaignId, promptIds, onClose, onMoved }: MoveDialogProps) {
  const t = useT();
  const trpc = useTRPC();
  const listId = useId();
  const [cluster, setCluster] = useState("");
  const facets = useQuery(trpc.prompts.facets.queryOptions({ campaignId }));
  const move = useMutation(
    trpc.prompts.move.mutationOptions({
      onSuccess: async ({ moved }) => {
        onClose();
        await onMoved(moved);
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    move.mutate({ campaignId, promptIds, cluster: cluster.trim() || null });
  };
  return (
    <Dialog open onClose={onClose} title={t("prompts.move")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t("prompts.move.to")}
          help={t("prompts.move.help")}
          value={cluster}
          list={listId}
          maxLength={200}
          onChange={(event) => setCluster(event.target.value)}
        />
        <datalist id={listId}>
          {facets.data?.clusters.map(
            ({ value }) => value !== null && <option key={value}>{value}</option>,
          )}
        </datalist>
        {move.isError && <ErrorState message={errorMessage(move.error, t)} />}
        <div className="flex justify-end">
          <Button type="submit" look="primary" busy={move.isPending}>
            {t("prompts.move")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
