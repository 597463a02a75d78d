import type { ReactNode } from "react";
import type { Wing } from "@/app/lib/i18n/catalogue";
import { getT, WingMessages } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import type { Role } from "@/server/domain/roles";
import { AppShell } from "./app-shell";
import { ButtonLink } from "./button";
import { EmptyState } from "./empty-state";
import { homeOf } from "./nav-items";

interface WingLayoutProps {
  wings: Wing[];
  /** Who may see the wing's pages; the services guard the data themselves. */
  roles: readonly Role[];
  layout?: "side" | "bar";
  children: ReactNode;
}

/** The layout of a wing: who is there, may they, its words, and the shell around it. */
export async function WingLayout({ wings, roles, layout = "side", children }: WingLayoutProps) {
  const viewer = await requireViewer();
  const t = await getT();
  const may = [viewer.role, ...(viewer.inCampaigns?.values() ?? [])].some((role) =>
    roles.includes(role),
  );
  return (
    <WingMessages wings={wings}>
      <AppShell viewer={viewer} layout={layout}>
        {may ? (
          children
        ) : (
          <EmptyState
            title={<h1>{t("error.forbidden.title")}</h1>}
            action={<ButtonLink href={homeOf(viewer)}>{t("error.notFound.home")}</ButtonLink>}
          >
            {t("error.forbidden.text")}
          </EmptyState>
        )}
      </AppShell>
    </WingMessages>
  );
}
