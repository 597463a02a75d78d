"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/lib/trpc";
import type { CampaignId } from "@/server/domain/ids";

/** The rounds as they are now: asked again often while one works, else now and then. */
export function useRounds(campaignId: CampaignId) {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.rounds.show.queryOptions({ campaignId }),
    refetchInterval: ({ state }) => (state.data?.current?.at === null ? 2000 : 5000),
  });
}
