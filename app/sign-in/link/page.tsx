import type { Metadata } from "next";
import type { SearchProps } from "@/app/lib/page-props";
import { getT } from "@/app/lib/i18n/server";
import { Link } from "@/app/ui/link";
import { getActor } from "@/server/api/auth";
import { offeredProviders } from "@/server/api/providers";
import { services } from "@/server/services/context";
import { inspectLink } from "@/server/services/invites";
import { ProviderButtons } from "../provider-buttons";
import { AcceptForm } from "./accept-form";
import { JoinForm } from "./join-form";
import { LinkForm } from "./link-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("signIn.link.title") };
}

/** Where a one-time link or an invitation leads. Opening it uses nothing up; its button does. */
export default async function Page({ searchParams }: SearchProps) {
  const t = await getT();
  const { token: given } = await searchParams;
  const token = typeof given === "string" ? given : "";
  const link = await inspectLink(services(), token);
  if (link.kind === "unusable")
    return (
      <>
        <h1 className="text-xl font-semibold">{t("signIn.link.title")}</h1>
        <p className="mt-2">{t(`signIn.unusable.${link.why}`)}</p>
        <p className="mt-4">
          <Link href="/sign-in">{t("signIn.title")}</Link>
        </p>
      </>
    );
  if (link.kind === "sign-in")
    return (
      <>
        <h1 className="text-xl font-semibold">{t("signIn.link.title")}</h1>
        <p className="mt-1 text-muted">{t("signIn.link.state", { name: link.name })}</p>
        <LinkForm token={token} name={link.name} />
      </>
    );
  const { campaign } = link;
  const role = t(`role.${link.role}`);
  const viewer = await getActor();
  return (
    <>
      <h1 className="text-xl font-semibold">{t("signIn.join.title")}</h1>
      <p className="mt-1 text-muted">
        {campaign
          ? t("signIn.join.state.campaign", { role, campaign })
          : t("signIn.join.state", { role })}
      </p>
      {viewer ? (
        <AcceptForm token={token} name={viewer.name} />
      ) : (
        <>
          <JoinForm token={token} />
          <ProviderButtons providers={offeredProviders()} inviteToken={token} />
        </>
      )}
    </>
  );
}
