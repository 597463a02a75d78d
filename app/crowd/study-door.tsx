import { getT } from "@/app/lib/i18n/server";
import type { SearchProps } from "@/app/lib/page-props";
import { Markdown } from "@/app/ui/markdown";
import { type CrowdMarket, parseEntry, submissionForm } from "@/server/domain/crowd";
import { zStudyId } from "@/server/domain/ids";
import { services } from "@/server/services/context";
import { inspectStudy } from "@/server/services/crowd";
import { EnterForm } from "./enter-form";
import { MturkDoor } from "./mturk-door";

interface StudyDoorProps extends SearchProps {
  id: string;
  /** Only for studies of this market. */
  only?: CrowdMarket;
}

/** What a worker reads first. Opening it makes nothing; its button does. */
export async function StudyDoor({ id, only, searchParams }: StudyDoorProps) {
  const t = await getT();
  const studyId = zStudyId.safeParse(id);
  const study = studyId.success ? await inspectStudy(services(), studyId.data) : null;
  if (!study || !studyId.success || (only && study.market !== only))
    return (
      <>
        <h1 className="text-xl font-semibold">{t("crowd.title")}</h1>
        <p className="mt-2">{t("crowd.unknown")}</p>
      </>
    );
  const parsed = parseEntry(study.market, await searchParams);
  const form =
    parsed.kind === "entry" ? (
      <EnterForm
        entry={{ studyId: studyId.data, ...parsed.entry, consentId: study.consent?.id ?? null }}
        closed={!study.open}
      />
    ) : null;
  return (
    <>
      <h1 className="text-xl font-semibold">{study.name}</h1>
      <p className="mt-1 mb-6 text-muted">{t("crowd.state", { count: study.tasks })}</p>
      {study.consent ? <Markdown level={2}>{study.consent.text}</Markdown> : null}
      {parsed.kind === "preview" ? (
        <>
          <p>{t("crowd.preview")}</p>
          <p className="mt-2">{t("mturk.preview")}</p>
        </>
      ) : null}
      {parsed.kind === "missing" ? (
        <p role="alert">{t("crowd.missing", { parameter: parsed.parameter })}</p>
      ) : null}
      {parsed.kind === "entry" && study.market === "mturk" ? (
        <MturkDoor
          studyId={studyId.data}
          submission={submissionForm(parsed.entry, "")}
          open={study.open}
        >
          {form}
        </MturkDoor>
      ) : (
        form
      )}
    </>
  );
}
