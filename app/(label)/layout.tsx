import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { getActor } from "@/server/api/auth";
import { pendingConsent } from "@/server/services/consent";
import { services } from "@/server/services/context";
import { ownPart } from "@/server/services/crowd";
import { WingLayout } from "../ui/wing-layout";
import { CrowdPart } from "./crowd-part";

/** Whoever labels has agreed to the consent text first; the services refuse to lend tasks before. */
export default async function Layout({ children }: { children: ReactNode }) {
  const actor = await getActor();
  if (actor && (await pendingConsent(services(), actor))) redirect("/consent");
  const part = actor ? await ownPart(services(), actor) : null;
  return (
    <WingLayout
      wings={["label", "ranking"]}
      roles={["guest", "labeler", "reviewer", "admin"]}
      layout="bar"
    >
      {part ? <CrowdPart initial={part} /> : null}
      {children}
    </WingLayout>
  );
}
