import type { Metadata } from "next";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { requireViewer } from "@/app/lib/viewer";
import { services } from "@/server/services/context";
import { listOwnRankings, ownWork, zOwnRankings } from "@/server/services/own-work";
import { ownPay } from "@/server/services/own-pay";
import { WorkView } from "./work-view";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("work.title") };
}

export default async function Page({ searchParams }: SearchProps) {
  const viewer = await requireViewer("labeler", "any");
  const asked = zOwnRankings.safeParse({ page: Number((await searchParams).page ?? 0) });
  const page = asked.success ? asked.data.page : 0;
  const [work, rankings, pay] = await Promise.all([
    ownWork(services(), viewer),
    listOwnRankings(services(), viewer, { page }),
    ownPay(services(), viewer),
  ]);
  return <WorkView work={work} rankings={rankings} pay={pay} page={page} />;
}
