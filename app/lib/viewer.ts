import { redirect } from "next/navigation";
import { getActor } from "@/server/api/auth";
import { mayActAs, type Role } from "@/server/domain/roles";
import type { Actor } from "@/server/services/context";
import { homeOf } from "@/app/ui/nav-items";

/** Who looks at the page; the actor of the services it calls. */
export type Viewer = Actor;

/**
 * The one who is signed in. Strangers are led to the sign-in page, and those whose role does not
 * reach `role` to their own home.
 */
export async function requireViewer(role?: Role): Promise<Viewer> {
  const viewer = await getActor();
  if (!viewer) redirect("/sign-in");
  if (role && !mayActAs(viewer.role, role)) redirect(homeOf(viewer.role));
  return viewer;
}
