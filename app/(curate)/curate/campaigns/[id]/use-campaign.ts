"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useT } from "@/app/lib/i18n/client";
import type { MessageKey } from "@/app/lib/i18n/catalogue";
import { useTRPC } from "@/app/lib/trpc";
import { useAfterChange } from "@/app/lib/use-after-change";
import type { CampaignId } from "@/server/domain/ids";
import type { CampaignDetail } from "@/server/services/campaigns";

/** The campaign as it is now: asked again every two seconds while something runs, else every five. */
export function useCampaign(campaignId: CampaignId, initial?: CampaignDetail) {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.campaigns.get.queryOptions({ campaignId }),
    initialData: initial,
    refetchInterval: ({ state }) => ((state.data?.moving.length ?? 0) > 0 ? 2000 : 5000),
  });
}

/** After a change to a campaign or its rounds. */
export function useChanged() {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = useAfterChange(trpc.campaigns.pathFilter(), trpc.rounds.pathFilter());
  return { onError, done: (message: MessageKey) => done(t(message)) };
}

/** Each move of a campaign's state, with its words when it is done. */
export function useMoves(campaignId: CampaignId) {
  const trpc = useTRPC();
  const { onError, done } = useChanged();
  const input = { campaignId };
  const open = useMutation(
    trpc.rounds.open.mutationOptions({ onError, onSuccess: () => done("campaign.opened") }),
  );
  const pause = useMutation(
    trpc.campaigns.pause.mutationOptions({ onError, onSuccess: () => done("campaign.paused") }),
  );
  const resume = useMutation(
    trpc.campaigns.resume.mutationOptions({ onError, onSuccess: () => done("campaign.resumed") }),
  );
  const close = useMutation(
    trpc.campaigns.close.mutationOptions({ onError, onSuccess: () => done("campaign.closed") }),
  );
  const reopen = useMutation(
    trpc.campaigns.reopen.mutationOptions({ onError, onSuccess: () => done("campaign.resumed") }),
  );
  return {
    busy: [open, pause, resume, close, reopen].some((move) => move.isPending),
    open: () => open.mutate(input),
    pause: () => pause.mutate(input),
    resume: () => resume.mutate(input),
    close: () => close.mutate(input),
    reopen: () => reopen.mutate(input),
  };
}
