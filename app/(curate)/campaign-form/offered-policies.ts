import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";
import { listPolicies } from "@/server/services/campaigns";
import { services } from "@/server/services/context";

/** The policies that a new campaign may have, and the one whose own page led here. */
export async function offeredPolicies({ searchParams }: SearchProps) {
  const policies = await listPolicies(services(), await requireViewer("admin"));
  const wanted = (await searchParams).policy;
  return { policies, chosen: policies.find(({ id }) => id === wanted)?.id };
}
