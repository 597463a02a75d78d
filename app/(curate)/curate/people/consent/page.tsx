import type { Metadata } from "next";
import { ConsentView } from "@/app/(curate)/consent/consent-view";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("consents.title") };
}

export default async function Page() {
  await requireViewer("admin");
  return <ConsentView />;
}
