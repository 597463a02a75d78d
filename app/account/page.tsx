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
  const offered = offeredProviders();
  const refused = (await searchParams).reason === "taken" ? "identities.taken" : null;
  return (
    <>
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
      <div className="mt-10 max-w-3xl">
        <OwnSessions initial={await ownSessions(services(), viewer)} />
      </div>
    </>
  );
}
