import type { SearchProps } from "@/app/lib/page-props";
import { StudyDoor } from "../../study-door";

export { generateMetadata } from "../../[id]/page";

interface PageProps extends SearchProps {
  params: Promise<{ id: string }>;
}

/** MTurk's door: the one page of the site that MTurk may show in its frame, and no other study's. */
export default async function Page({ params, searchParams }: PageProps) {
  return <StudyDoor id={(await params).id} only="mturk" searchParams={searchParams} />;
}
