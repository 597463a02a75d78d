import type { Metadata } from "next";
import { services } from "@/server/services/context";
import { ownSessions } from "@/server/services/sessions";
import { getAccount } from "@/server/services/users";
import { offeredProviders } from "@/server/api/providers";
import { ownIdentities } from "@/server/services/identities";
import type { SearchProps } from "../lib/page-props";
import { getT } from "../lib/i18n/server";
import { getTheme } from "../lib/theme";
import { requireViewer } from "../lib/viewer";
import { PageHeader, Section } from "../ui/page-header";
import { Appearance } from "./appearance";
import { Identities } from "./identities";
import { Markdown } from "../ui/markdown";
import { RelativeTime } from "../ui/relative-time";
import { ownAgreements } from "@/server/services/consent";
import { OwnData } from "./own-data";
import { OwnSessions } from "./own-sessions";
import { PasswordForm } from "./password-form";
import { ProfileForm } from "./profile-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("account.title") };
}

export default async function Page({ searchParams }: SearchProps) {
  const t = await getT();
  const viewer = await requireViewer();
  const account = await getAccount(services(), viewer);
  const agreements = await ownAgreements(services(), viewer);
  const offered = offeredProviders();
  const refused = (await searchParams).reason === "taken" ? "identities.taken" : null;
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={t("account.title")}
        state={t("account.state", { name: viewer.name, role: t(`role.${viewer.role}`) })}
      />
      <div className="max-w-md">
        <ProfileForm name={account.name} email={account.email ?? ""} />
        <Section title={t("account.password.title")}>
          <PasswordForm hasPassword={account.hasPassword} email={account.email} />
        </Section>
        {offered.length > 0 ? (
          <Section title={t("identities.title")} state={t("identities.state")}>
            {refused ? (
              <p role="alert" className="mb-3 text-sm text-danger">
                {t(refused)}
              </p>
            ) : null}
            <Identities connected={await ownIdentities(services(), viewer)} offered={offered} />
          </Section>
        ) : null}
        <Section title={t("account.appearance.title")}>
          <Appearance theme={await getTheme()} />
        </Section>
      </div>
      <div className="mt-10">
        <OwnSessions initial={await ownSessions(services(), viewer)} />
        {agreements.length > 0 ? (
          <Section title={t("consent.own.title")}>
            <ul className="flex flex-col gap-2">
              {agreements.map(({ campaign, version, text, at }) => (
                <li key={`${campaign ?? ""} ${version}`}>
                  <details>
                    <summary className="cursor-pointer">
                      {campaign === null
                        ? t("consent.own", { version })
                        : t("consent.own.of", { campaign, version })}
                      , <RelativeTime at={at} />
                    </summary>
                    <div className="mt-2">
                      <Markdown>{text}</Markdown>
                    </div>
                  </details>
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        <Section title={t("data.title")}>
          <OwnData />
        </Section>
      </div>
    </div>
  );
}
