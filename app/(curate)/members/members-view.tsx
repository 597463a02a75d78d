"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Loaded } from "@/app/(curate)/loaded";
import { PaySection } from "@/app/(curate)/payment/pay-section";
import { StudySection } from "@/app/(curate)/studies/study-section";
import { InviteButton } from "@/app/(curate)/people/invite-button";
import { InviteTable } from "@/app/(curate)/people/invite-table";
import { usePeopleChanged } from "@/app/(curate)/people/use-people";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { ButtonLink } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { Section } from "@/app/ui/page-header";
import type { CampaignId } from "@/server/domain/ids";
import { AddMember } from "./add-member";
import { MemberTable } from "./member-table";

/** Who has a role of this campaign, how others come, and whether only they label. */
export function MembersView({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = usePeopleChanged();
  const members = useQuery(trpc.people.members.queryOptions({ campaignId }));
  const invites = useQuery(trpc.people.invites.queryOptions({ campaignId }));
  const access = useMutation(
    trpc.people.setAccess.mutationOptions({
      onError,
      onSuccess: (_, { membersOnly }) =>
        done(t(membersOnly ? "members.only.on" : "members.only.off")),
    }),
  );
  return (
    <>
      <Section title={t("members.title")} state={t("members.state")}>
        <Loaded query={members}>
          {(data) => (
            <div className="flex flex-col gap-6">
              <Checkbox
                label={t("members.only")}
                help={t("members.only.help")}
                checked={access.isPending ? access.variables.membersOnly : data.membersOnly}
                disabled={access.isPending}
                onChange={(event) =>
                  access.mutate({ campaignId, membersOnly: event.target.checked })
                }
              />
              <MemberTable campaignId={campaignId} members={data.members} />
              <AddMember campaignId={campaignId} />
            </div>
          )}
        </Loaded>
      </Section>
      <Section
        title={t("members.invites")}
        state={t("members.invites.state")}
        action={<InviteButton campaignId={campaignId} />}
      >
        <Loaded query={invites}>{(rows) => <InviteTable invites={rows} />}</Loaded>
      </Section>
      <StudySection campaignId={campaignId} />
      <PaySection campaignId={campaignId} />
      <Section
        title={t("audit.title")}
        state={t("audit.ofCampaign")}
        action={
          <ButtonLink href={`/curate/audit?campaign=${campaignId}`}>{t("audit.open")}</ButtonLink>
        }
      />
    </>
  );
}
