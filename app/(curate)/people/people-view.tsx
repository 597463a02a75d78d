"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Pager } from "@/app/(curate)/pager";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { ButtonLink } from "@/app/ui/button";
import { EmptyState } from "@/app/ui/empty-state";
import { PageHeader, Section } from "@/app/ui/page-header";
import { RelativeTime } from "@/app/ui/relative-time";
import { Table } from "@/app/ui/table";
import { TextField } from "@/app/ui/text-field";
import type { UserId } from "@/server/domain/ids";
import { InviteButton } from "./invite-button";
import { InviteTable } from "./invite-table";
import { PeopleTable } from "./people-table";

/** Of these all stand on one page, and nobody has to search. */
const perPage = 50;

interface PeopleViewProps {
  viewerId: UserId;
  people: Outputs["people"]["list"];
  invites: Outputs["people"]["invites"];
}

/** People, those whom a program plays, and the invitations that are open. */
export function PeopleView({ viewerId, people, invites }: PeopleViewProps) {
  const t = useT();
  const trpc = useTRPC();
  const [search, setSearch] = useState("");
  const [page, setPage] = useState(0);
  const asked = { search: useDeferredValue(search) || undefined, page };
  const isFirst = asked.search === undefined && page === 0;
  const list = useQuery({
    ...trpc.people.list.queryOptions(asked),
    initialData: isFirst ? people : undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
  const open = useQuery({ ...trpc.people.invites.queryOptions(), initialData: invites });
  const { rows, found, played, ...counts } = list.data ?? people;
  return (
    <>
      <PageHeader
        title={t("people.title")}
        state={t("people.state", { count: counts.people, admins: counts.admins })}
        action={
          <>
            <ButtonLink href="/curate/people/payment">{t("payment.title")}</ButtonLink>
            <ButtonLink href="/curate/people/consent">{t("consents.title")}</ButtonLink>
            <InviteButton />
          </>
        }
      />
      {counts.people > perPage && (
        <TextField
          type="search"
          label={t("people.search")}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setPage(0);
          }}
          className="mb-4 w-72 max-w-full"
        />
      )}
      {found === 0 ? (
        <p className="py-4 text-muted">{t("people.search.none")}</p>
      ) : (
        <PeopleTable people={rows} viewerId={viewerId} />
      )}
      <Pager page={page} onPage={setPage} of={{ perPage, total: found }} />
      {counts.people === 1 && (
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

function Played({ people }: { people: PeopleViewProps["people"]["played"] }) {
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
