import type { MessageKey } from "@/app/lib/i18n/catalogue";
import type { Role } from "@/server/domain/roles";

export interface NavItem {
  href: string;
  label: MessageKey;
}

export interface NavGroup {
  /** Absent for what stands before the wings. */
  label?: MessageKey;
  items: NavItem[];
}

const labelItems: NavItem[] = [
  { href: "/label/rank", label: "nav.ranking" },
  { href: "/label/demonstrate", label: "nav.demonstration" },
  { href: "/label/work", label: "nav.work" },
];

const curateItems: NavItem[] = [
  { href: "/curate/campaigns", label: "nav.campaigns" },
  { href: "/curate/prompts", label: "nav.prompts" },
  { href: "/curate/demonstrations", label: "nav.demonstrations" },
  { href: "/curate/people", label: "nav.people" },
];

const researchItems: NavItem[] = [
  { href: "/research/snapshots", label: "nav.snapshots" },
  { href: "/research/models", label: "nav.models" },
  { href: "/research/runs", label: "nav.runs" },
];

/** Where each role's work starts. */
export const homeOf = (role: Role): string => (role === "labeler" ? "/label" : "/");

/** What a role can go to, by wing. */
export function navigation(role: Role): NavGroup[] {
  if (role === "labeler")
    return [{ items: [{ href: "/label", label: "nav.home" }, ...labelItems] }];
  const groups: NavGroup[] = [{ items: [{ href: "/", label: "nav.circle" }] }];
  if (role === "admin") groups.push({ label: "nav.wing.curate", items: curateItems });
  groups.push({ label: "nav.wing.research", items: researchItems });
  if (role === "admin") groups.push({ label: "nav.wing.label", items: labelItems });
  return groups;
}

/** The short navigation of the label wing, whose pages need the whole width for reading. */
export function labelNavigation(role: Role): NavGroup[] {
  if (role === "labeler") return navigation(role);
  return [
    {
      items: [
        { href: "/", label: "nav.circle" },
        { href: "/label", label: "nav.home" },
        ...labelItems,
      ],
    },
  ];
}
