import type { Metadata } from "next";
import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { Markdown } from "@/app/ui/markdown";
import { parseEntry } from "@/server/domain/crowd";
import { zStudyId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { inspectStudy } from "@/server/services/crowd";
import { EnterForm } from "./enter-form";

interface PageProps extends SearchProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  // the address names a worker: nobody shall find it in a list
  return { title: (await getT())("crowd.title"), robots: { index: false } };
}

/** Where a crowd market sends its workers. Opening it makes nothing; its button does. */
export default async function Page({ params, searchParams }: PageProps) {
  const t = await getT();
  const studyId = zStudyId.safeParse((await params).id);
  const study = studyId.success ? await inspectStudy(services(), studyId.data) : null;
  if (!study || !studyId.success) return <Refused text={t("crowd.unknown")} />;
  const parsed = parseEntry(study.market, await searchParams);
  return (
    <>
      <h1 className="text-xl font-semibold">{study.name}</h1>
      <p className="mt-1 mb-6 text-muted">{t("crowd.state", { count: study.tasks })}</p>
      {study.consent ? <Markdown level={2}>{study.consent.text}</Markdown> : null}
      {parsed.kind === "preview" ? <p>{t("crowd.preview")}</p> : null}
      {parsed.kind === "missing" ? (
        <p role="alert">{t("crowd.missing", { parameter: parsed.parameter })}</p>
      ) : null}
      {parsed.kind === "entry" ? (
        <EnterForm
          entry={{ studyId: studyId.data, ...parsed.entry, consentId: study.consent?.id ?? null }}
          closed={!study.open}
        />
      ) : null}
    </>
  );
}

async function Refused({ text }: { text: string }) {
  const t = await getT();
  return (
    <>
      <h1 className="text-xl font-semibold">{t("crowd.title")}</h1>
      <p className="mt-2">{text}</p>
    </>
  );
}
