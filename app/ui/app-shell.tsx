import { Menu } from "lucide-react";
import NextLink from "next/link";
import type { ReactNode } from "react";
import { getT } from "@/app/lib/i18n/server";
import { getTheme } from "@/app/lib/theme";
import type { Viewer } from "@/app/lib/viewer";
import { Activity } from "./activity";
import { cx } from "./class-names";
import { homeOf, labelNavigation, type NavGroup, navigation, seesAll } from "./nav-items";
import { NavLink } from "./nav-link";
import { Popup } from "./popup";
import { UserMenu } from "./user-menu";

async function NavGroups({ groups, row }: { groups: NavGroup[]; row?: boolean }) {
  const t = await getT();
  return groups.map((group) => (
    <div key={group.label ?? "top"} className={row ? undefined : "mt-6 first:mt-0"}>
      {group.label ? <p className="mb-1 px-2 text-sm font-semibold">{t(group.label)}</p> : null}
      <ul className={cx("flex", row ? "gap-1" : "flex-col gap-0.5")}>
        {group.items.map((item) => (
          <li key={item.href}>
            <NavLink href={item.href}>{t(item.label)}</NavLink>
          </li>
        ))}
      </ul>
    </div>
  ));
}

interface AppShellProps {
  viewer: Viewer;
  /** "side": navigation beside the page; "bar": above it, the whole width is the page's. */
  layout: "side" | "bar";
  children: ReactNode;
}

/** What stands around every page of the signed-in: where one can go, what is running, who one is. */
export async function AppShell({ viewer, layout, children }: AppShellProps) {
  const t = await getT();
  const theme = await getTheme();
  const bar = layout === "bar" || !seesAll(viewer);
  const groups = bar ? labelNavigation(viewer) : navigation(viewer);
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only z-50 bg-paper focus:not-sr-only focus:absolute focus:p-3"
      >
        {t("shell.skip")}
      </a>
      <header className="sticky top-0 z-30 flex h-13 items-center gap-2 border-b border-line bg-paper px-3 sm:px-4">
        <div className={bar ? "md:hidden" : "lg:hidden"}>
          <Popup
            label={t("shell.menu")}
            button={<Menu aria-hidden className="size-5" />}
            panelClassName="left-0 right-auto"
          >
            <nav aria-label={t("shell.navigation")}>
              <NavGroups groups={groups} />
            </nav>
          </Popup>
        </div>
        <NextLink
          href={homeOf(viewer)}
          className={cx(
            "flex min-h-9 items-center px-2 font-semibold pointer-coarse:min-h-11",
            !bar && "lg:w-48",
          )}
        >
          {t("product.name")}
        </NextLink>
        {bar ? (
          <nav aria-label={t("shell.navigation")} className="hidden md:block">
            <NavGroups groups={groups} row />
          </nav>
        ) : null}
        <div className="ml-auto flex items-center gap-1">
          {seesAll(viewer) ? <Activity /> : null}
          <UserMenu name={viewer.name} role={viewer.role} theme={theme} />
        </div>
      </header>
      <div className="flex flex-1">
        {bar ? null : (
          <nav
            aria-label={t("shell.navigation")}
            className="sticky top-13 hidden h-[calc(100dvh-3.25rem)] w-54 shrink-0 overflow-y-auto border-r border-line px-3 py-6 lg:block"
          >
            <NavGroups groups={groups} />
          </nav>
        )}
        <main
          id="content"
          className={cx(
            "min-w-0 flex-1",
            bar ? "px-4 py-6 sm:px-6" : "mx-auto max-w-6xl px-4 py-8 sm:px-8",
          )}
        >
          {children}
        </main>
      </div>
    </div>
  );
}
