"use client";

import NextLink from "next/link";
import { usePathname } from "next/navigation";
import { useT } from "@/app/lib/i18n/client";
import { cx } from "@/app/ui/class-names";
import type { CampaignId } from "@/server/domain/ids";

const parts = [
  "rankings",
  "consensus",
  "quality",
  "gold",
  "entry",
  "completions",
  "prompts",
  "settings",
] as const;

/** The parts of a campaign, each a page of its own, so that each has an address. */
export function CampaignNav(props: { campaignId: CampaignId; admin: boolean; compares: boolean }) {
  const { campaignId, admin, compares } = props;
  const t = useT();
  const path = usePathname();
  const home = `/curate/campaigns/${campaignId}`;
  return (
    <nav
      aria-label={t("campaign.tabs")}
      className="mb-6 flex gap-6 overflow-x-auto border-b border-line"
    >
      {[
        "rounds" as const,
        ...(compares ? (["comparisons"] as const) : []),
        ...parts,
        ...(admin ? (["people"] as const) : []),
      ].map((part) => {
        const href = part === "rounds" ? home : `${home}/${part}`;
        const here =
          part === "rounds"
            ? path === href
            : path.startsWith(href) || (part === "people" && path === `${home}/payment`); // reached from there
        return (
          <NextLink
            key={part}
            href={href}
            aria-current={here ? "page" : undefined}
            className={cx(
              "-mb-px flex min-h-9 items-center border-b-2 text-sm whitespace-nowrap pointer-coarse:min-h-11",
              here ? "border-accent font-semibold" : "border-transparent text-muted hover:text-ink",
            )}
          >
            {t(`campaign.tab.${part}`)}
          </NextLink>
        );
      })}
    </nav>
  );
}
