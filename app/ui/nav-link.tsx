"use client";

import NextLink from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cx } from "./class-names";

/** A place in the navigation; says which one we are at. */
export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const path = usePathname();
  const exact = href === "/" || href === "/label";
  const here = exact ? path === href : path === href || path.startsWith(`${href}/`);
  return (
    <NextLink
      href={href}
      aria-current={here ? "page" : undefined}
      className={cx(
        "flex min-h-8 items-center rounded-base px-2 text-sm whitespace-nowrap pointer-coarse:min-h-11",
        here ? "bg-accent-wash font-semibold text-ink" : "text-muted hover:bg-wash hover:text-ink",
      )}
    >
      {children}
    </NextLink>
  );
}
