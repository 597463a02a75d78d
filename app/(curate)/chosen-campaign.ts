import { mayActAs, mayIn, type CampaignRole } from "@/server/domain/roles";
import type { Viewer } from "@/app/lib/viewer";
import { listCampaigns } from "@/server/services/campaigns";
import { services } from "@/server/services/context";

/**
 * The campaigns where the viewer has a role, and the one of them that a page is about: the one of the address, or the
 * first for those who have the role in single campaigns; nothing where all are meant.
 */
export async function chosenCampaign(viewer: Viewer, role: CampaignRole, asked: unknown) {
  const all = await listCampaigns(services(), viewer);
  const campaigns = all.filter(({ id }) => mayIn(viewer, role, id));
  const everywhere = mayActAs(viewer.role, role);
  const first = everywhere ? undefined : campaigns[0];
  return {
    everywhere,
    chosen: campaigns.find(({ id }) => id === asked) ?? first,
    options: campaigns.map(({ id, name }) => ({ value: id, label: name })),
  };
}
