"use client";

import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { RelativeTime } from "@/app/ui/relative-time";
import { Link } from "@/app/ui/link";
import { Table } from "@/app/ui/table";
import { Tag } from "@/app/ui/tag";
import type { UserId } from "@/server/domain/ids";
import { DisableButton } from "./disable-button";
import { LinkDialog } from "./link-dialog";
import { RoleSelect } from "./role-select";
import { usePeopleChanged } from "./use-people";

type Person = Outputs["people"]["list"]["rows"][number];

/** Who is here, as what, what they did; and what an admin can do about it. */
export function PeopleTable({ people, viewerId }: { people: Person[]; viewerId: UserId }) {
  const t = useT();
  return (
    <Table
      caption={t("people.table")}
      rows={people}
      rowKey={(person) => person.id}
      columns={[
        {
          key: "name",
          header: t("people.name"),
          rowHeader: true,
          className: "min-w-40",
          cell: (person) => (
            <>
              <span className="flex flex-wrap items-center gap-2">
                <Link href={`/curate/people/${person.id}`}>{person.name}</Link>
                {person.id === viewerId && <Tag>{t("people.you")}</Tag>}
                {person.disabledAt && (
                  <Tag>{t(person.erasedAt ? "people.erased" : "people.disabled")}</Tag>
                )}
              </span>
              <span className="block text-muted">{person.email ?? t("people.noEmail")}</span>
              {person.linkAskedAt && (
                <span className="block">
                  {t("people.asksForLink")} <RelativeTime at={person.linkAskedAt} />
                </span>
              )}
            </>
          ),
        },
        {
          key: "role",
          header: t("people.role"),
          cell: (person) => <RoleSelect person={person} />,
        },
        {
          key: "rankings",
          header: t("people.rankings"),
          align: "end",
          cell: (person) => person.rankings,
        },
        {
          key: "demonstrations",
          header: t("people.demonstrations"),
          align: "end",
          cell: (person) => person.demonstrations,
        },
        {
          key: "lastWork",
          header: t("people.lastWork"),
          cell: (person) =>
            person.lastWork ? (
              <RelativeTime at={person.lastWork} />
            ) : (
              <span className="text-muted">{t("people.lastWork.none")}</span>
            ),
        },
        {
          key: "actions",
          header: t("people.actions"),
          cell: (person) => (
            <div className="flex gap-1">
              {!person.disabledAt && <SignInLinkButton person={person} />}
              {person.id !== viewerId && !person.erasedAt && <DisableButton person={person} />}
            </div>
          ),
        },
      ]}
    />
  );
}

function SignInLinkButton({ person }: { person: Person }) {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = usePeopleChanged();
  const [path, setPath] = useState<string | null>(null);
  const make = useMutation(
    trpc.people.signInLink.mutationOptions({
      onError,
      onSuccess: (link) => {
        setPath(link.path);
        return done();
      },
    }),
  );
  const { name } = person;
  return (
    <>
      <Button
        look="quiet"
        aria-label={t("invite.link.signIn.title", { name })}
        busy={make.isPending}
        onClick={() => make.mutate({ userId: person.id })}
        icon={<KeyRound aria-hidden className="size-4" />}
        className="whitespace-nowrap"
      >
        {t("people.link")}
      </Button>
      {path && (
        <LinkDialog
          title={t("invite.link.signIn.title", { name })}
          what={t("invite.link.signIn.what", { name })}
          path={path}
          onClose={() => setPath(null)}
        />
      )}
    </>
  );
}
