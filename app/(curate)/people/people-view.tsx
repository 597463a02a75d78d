"use client";

import { useQuery } from "@tanstack/react-query";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { PageHeader, Section } from "@/app/ui/page-header";
import { RelativeTime } from "@/app/ui/relative-time";
import { Table } from "@/app/ui/table";
import type { UserId } from "@/server/domain/ids";
import { InviteButton } from "./invite-button";
import { InviteTable } from "./invite-table";
import { PeopleTable } from "./people-table";

interface PeopleViewProps {
  viewerId: UserId;
  people: Outputs["people"]["list"];
  invites: Outputs["people"]["invites"];
}

/** People, those whom a program plays, and the invitations that are open. */
export function PeopleView({ viewerId, people, invites }: PeopleViewProps) {
  const t = useT();
  const trpc = useTRPC();
  const list = useQuery({
    ...trpc.people.list.queryOptions(),
    initialData: people,
    refetchInterval: 10_000,
  });
  const open = useQuery({ ...trpc.people.invites.queryOptions(), initialData: invites });
  const persons = list.data.filter((person) => !person.simulated);
  const played = list.data.filter((person) => person.simulated);
  const admins = persons.filter((person) => person.role === "admin").length;
  return (
    <>
      <PageHeader
        title={t("people.title")}
        state={t("people.state", { count: persons.length, admins })}
        action={
          <>
            <ButtonLink href="/curate/people/payment">{t("payment.title")}</ButtonLink>
            <ButtonLink href="/curate/people/consent">{t("consents.title")}</ButtonLink>
            <InviteButton />
          </>
        }
      />
      <PeopleTable people={persons} viewerId={viewerId} />
      {persons.length === 1 && (
        <EmptyState title={t("people.alone.title")}>{t("people.alone")}</EmptyState>
      )}
      <Section title={t("invite.title")} state={t("invite.state")}>
        <InviteTable invites={open.data} />
      </Section>
      {played.length > 0 && (
        <Section title={t("people.simulated.title")} state={t("people.simulated.state")}>
          <Played people={played} />
        </Section>
      )}
    </>
  );
}

function Played({ people }: { people: PeopleViewProps["people"] }) {
  const t = useT();
  return (
    <Table
      caption={t("people.simulated.title")}
      rows={people}
      rowKey={(person) => person.id}
      columns={[
        {
          key: "name",
          header: t("people.name"),
          rowHeader: true,
          cell: (person) => person.name,
        },
        {
          key: "rankings",
          header: t("people.rankings"),
          align: "end",
          cell: (person) => person.rankings,
        },
        {
          key: "lastWork",
          header: t("people.lastWork"),
          cell: (person) =>
            person.lastWork ? <RelativeTime at={person.lastWork} /> : t("people.lastWork.none"),
        },
      ]}
    />
  );
}
