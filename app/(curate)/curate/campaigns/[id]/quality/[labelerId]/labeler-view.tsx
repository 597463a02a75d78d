"use client";

import { useQuery } from "@tanstack/react-query";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Link } from "@/app/ui/link";
import { Section } from "@/app/ui/page-header";
import { Status } from "@/app/ui/tag";
import type { CampaignId, UserId } from "@/server/domain/ids";
import { standingTone } from "../labeler-table";
import { MeasureTable } from "./measure-table";
import { NoticeTable } from "./notice-table";
import { Qualifications } from "./qualifications";
import { TellButton } from "./tell-dialog";

type LabelerDetail = Outputs["quality"]["labeler"];

interface LabelerViewProps {
  campaignId: CampaignId;
  labelerId: UserId;
  initial: LabelerDetail;
  admin: boolean;
}

/** One labeler in one campaign: how they work, what they were told, what they may be given. */
export function LabelerView({ campaignId, labelerId, initial, admin }: LabelerViewProps) {
  const t = useT();
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.quality.labeler.queryOptions({ campaignId, labelerId }),
    initialData: initial,
    refetchInterval: 15_000,
  });
  const { person, report, standing } = data;
  const about = { campaignId, labelerId, name: person.name };
  const { languages } = person;
  return (
    <>
      <header className="mb-6 flex flex-wrap items-start justify-between gap-4">
        <div>
          <p className="mb-1 text-sm">
            <Link href={`/curate/campaigns/${campaignId}/quality`}>{t("labeler.parent")}</Link>
          </p>
          <h2 className="text-xl font-semibold">{person.name}</h2>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 text-muted">
            <Status tone={standingTone[standing]}>{t(`quality.standing.${standing}`)}</Status>
            {report ? t("labeler.state", { count: report.rankings }) : t("labeler.notMeasured")}
          </p>
        </div>
        {admin && !person.simulated && <TellButton {...about} />}
      </header>
      {report && (
        <Section title={t("labeler.measures")}>
          <MeasureTable report={report} rules={data.options.rules} />
        </Section>
      )}
      <Section title={t("labeler.notices")}>
        <NoticeTable notices={data.notices} admin={admin} />
      </Section>
      <Section
        title={t("labeler.qualifications")}
        state={
          languages === null
            ? t("labeler.languages.any")
            : t("labeler.languages", { languages: languages.join(", ") || "–" })
        }
      >
        <Qualifications labelerId={labelerId} initial={person.qualifications ?? []} admin={admin} />
      </Section>
    </>
  );
}
