import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { PersonView } from "@/app/(curate)/person/person-view";
import { getT } from "@/app/lib/i18n/server";
import { requireViewer } from "@/app/lib/viewer";
import { AppError } from "@/server/domain/app-error";
import { zUserId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { getPerson } from "@/server/services/person-data";

interface PageProps {
  params: Promise<{ id: string }>;
}

const personOf = cache(async (id: string) => {
  const viewer = await requireViewer("admin");
  const userId = zUserId.safeParse(id);
  if (!userId.success) return null;
  return await getPerson(services(), viewer, { userId: userId.data }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not-found") return null;
    throw error;
  });
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await personOf((await params).id))?.name ?? (await getT())("people.title") };
}

export default async function Page({ params }: PageProps) {
  const viewer = await requireViewer("admin");
  const person = await personOf((await params).id);
  if (!person) notFound();
  return <PersonView person={person} isViewer={person.id === viewer.id} />;
}
