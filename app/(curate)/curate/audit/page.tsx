import type { Metadata } from "next";
import { AuditView } from "@/app/(curate)/audit/audit-view";
import { chosenCampaign } from "@/app/(curate)/chosen-campaign";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("audit.title") };
}

export default async function Page({ searchParams }: SearchProps) {
  const viewer = await requireViewer("admin", "any");
  const { search, campaign } = await searchParams;
  const { chosen, options, everywhere } = await chosenCampaign(viewer, "admin", campaign);
  return (
    <AuditView
      key={chosen?.id ?? "all"}
      search={typeof search === "string" ? search : ""}
      campaignId={chosen?.id}
      campaigns={options}
      everywhere={everywhere}
    />
  );
}
