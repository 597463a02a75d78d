import type { Metadata } from "next";
import { AuditView } from "@/app/(curate)/audit/audit-view";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("audit.title") };
}

export default async function Page({ searchParams }: SearchProps) {
  await requireViewer("admin");
  const { search } = await searchParams;
  return <AuditView search={typeof search === "string" ? search : ""} />;
}
