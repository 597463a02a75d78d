import { redirect } from "next/navigation";
import { getActor } from "@/server/api/auth";
import type { CampaignId } from "@/server/domain/ids";
import { mayActAs, mayIn, maySomewhere, type Role } from "@/server/domain/roles";
import type { Actor } from "@/server/services/context";
import { homeOf } from "@/app/ui/nav-items";

/** Who looks at the page; the actor of the services it calls. */
export type Viewer = Actor;

/**
 * The one who is signed in. Strangers are led to the sign-in page, and those whose roles do not reach `role` to their
 * own home.
 * @param where where they need it: in all campaigns, in that one, or in any
 */
export async function requireViewer(
  role?: Role,
  where: "all" | "any" | CampaignId = "all",
): Promise<Viewer> {
  const viewer = await getActor();
  if (!viewer) redirect("/sign-in");
  if (role && !reaches(viewer, role, where)) redirect(homeOf(viewer));
  return viewer;
}

function reaches(viewer: Viewer, role: Role, where: "all" | "any" | CampaignId): boolean {
  if (where === "all") return mayActAs(viewer.role, role);
  return where === "any" ? maySomewhere(viewer, role) : mayIn(viewer, role, where);
}
