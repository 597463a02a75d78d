"use client";

import { useT } from "@/app/lib/i18n/client";
import { ButtonLink } from "@/app/ui/button";
import { Link } from "@/app/ui/link";
import { PageHeader, Section } from "@/app/ui/page-header";
import { RelativeTime } from "@/app/ui/relative-time";
import type { getPerson } from "@/server/services/person-data";
import { PersonData } from "./person-data";
import { PersonSessions } from "./person-sessions";

type Person = Awaited<ReturnType<typeof getPerson>>;

/** One person: what they may do and where, how they come in, what is kept of them. */
export function PersonView({ person, isViewer }: { person: Person; isViewer: boolean }) {
  const t = useT();
  const { id, name, email, role, memberships, agreements, identities, erased } = person;
  const state = erased
    ? t("people.erased")
    : [t(`role.${role}`), email, person.disabledAt && t("people.disabled")]
        .filter(Boolean)
        .join(" · ");
  const waysIn = [
    ...(person.hasPassword ? [t("person.password")] : []),
    ...identities.map(({ provider, subject }) => `${provider}: ${subject}`),
  ];
  return (
    <>
      <PageHeader
        parent={{ href: "/curate/people", label: t("people.title") }}
        title={name}
        state={state}
        action={<ButtonLink href={`/curate/audit?search=${id}`}>{t("person.audit")}</ButtonLink>}
      />
      <Section title={t("people.inCampaigns")}>
        {memberships.length === 0 ? (
          <p className="text-muted">{t("person.noCampaigns")}</p>
        ) : (
          <ul className="flex flex-col gap-1">
            {memberships.map((row) => (
              <li key={row.campaignId}>
                <Link href={`/curate/campaigns/${row.campaignId}/people`}>{row.campaign}</Link>,{" "}
                {t(`role.${row.role}`)}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {erased ? null : (
        <>
          <Section title={t("person.waysIn")}>
            <p className={waysIn.length === 0 ? "text-muted" : "break-words"}>
              {waysIn.length === 0 ? t("person.onlyLinks") : waysIn.join(", ")}
            </p>
          </Section>
          <Section title={t("person.consent")}>
            {agreements.length === 0 ? (
              <p className="text-muted">{t("person.noConsent")}</p>
            ) : (
              <ul className="flex flex-col gap-1">
                {agreements.map(({ campaign, version, at }) => (
                  <li key={`${campaign ?? ""} ${version}`}>
                    {campaign === null
                      ? t("consent.own", { version })
                      : t("consent.own.of", { campaign, version })}
                    , <RelativeTime at={at} />
                  </li>
                ))}
              </ul>
            )}
          </Section>
          <PersonSessions userId={id} name={name} />
          <PersonData userId={id} name={name} isViewer={isViewer} />
        </>
      )}
    </>
  );
}
