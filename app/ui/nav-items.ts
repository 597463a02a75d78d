import type { MessageKey } from "@/app/lib/i18n/catalogue";
import { campaignsAs, mayActAs, maySomewhere, type Roles } from "@/server/domain/roles";

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
  { href: "/curate/disputes", label: "nav.disputes" },
  { href: "/curate/people", label: "nav.people" },
  { href: "/curate/audit", label: "nav.audit" },
];

const researchItems: NavItem[] = [
  { href: "/research/snapshots", label: "nav.snapshots" },
  { href: "/research/models", label: "nav.models" },
  { href: "/research/runs", label: "nav.runs" },
];

/** Where each person's work starts. */
export function homeOf(person: Roles): string {
  if (mayActAs(person.role, "researcher")) return "/";
  if (maySomewhere(person, "labeler")) return "/label";
  if (maySomewhere(person, "researcher")) return "/curate/campaigns";
  return "/label";
}

/** Whether they see the circle and what stands around it, or only what single campaigns give them. */
export const seesAll = ({ role }: Roles): boolean => mayActAs(role, "researcher");

/** What a person can go to, by wing. */
export function navigation(person: Roles): NavGroup[] {
  if (!seesAll(person)) return labelNavigation(person);
  const groups: NavGroup[] = [{ items: [{ href: "/", label: "nav.circle" }] }];
  if (person.role === "admin") groups.push({ label: "nav.wing.curate", items: curateItems });
  groups.push({ label: "nav.wing.research", items: researchItems });
  if (maySomewhere(person, "labeler")) groups.push({ label: "nav.wing.label", items: labelItems });
  return groups;
}

/** The short navigation of the label wing, whose pages need the whole width for reading. */
export function labelNavigation(person: Roles): NavGroup[] {
  const items: NavItem[] = seesAll(person) ? [{ href: "/", label: "nav.circle" }] : [];
  if (maySomewhere(person, "labeler") || !seesAll(person))
    items.push({ href: "/label", label: "nav.home" }, ...labelItems);
  if (!seesAll(person)) {
    if (maySomewhere(person, "reviewer"))
      items.push(
        { href: "/curate/demonstrations", label: "nav.demonstrations" },
        { href: "/curate/disputes", label: "nav.disputes" },
      );
    if (campaignsAs(person, "researcher").length > 0)
      items.push({ href: "/curate/campaigns", label: "nav.campaigns" });
    if (campaignsAs(person, "admin").length > 0)
      items.push({ href: "/curate/audit", label: "nav.audit" });
  }
  return [{ items }];
}
