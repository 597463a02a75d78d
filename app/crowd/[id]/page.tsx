import type { Metadata } from "next";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { StudyDoor } from "../study-door";

interface PageProps extends SearchProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  // the address names a worker: nobody shall find it in a list
  return { title: (await getT())("crowd.title"), robots: { index: false } };
}

/** Where a crowd market sends its workers. */
export default async function Page({ params, searchParams }: PageProps) {
  return <StudyDoor id={(await params).id} searchParams={searchParams} />;
}
