import type { Metadata } from "next";
import { PeopleView } from "@/app/(curate)/people/people-view";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { services } from "@/server/services/context";
import { listInvites } from "@/server/services/invites";
import { listPeople } from "@/server/services/people";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("people.title") };
}

export default async function Page() {
  const viewer = await requireViewer("admin");
  const people = await listPeople(services(), viewer);
  const invites = await listInvites(services(), viewer);
  return <PeopleView viewerId={viewer.id} people={people} invites={invites} />;
}
