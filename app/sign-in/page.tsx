import type { Metadata } from "next";
import type { SearchProps } from "../lib/page-props";
import { redirect } from "next/navigation";
import { getActor } from "@/server/api/auth";
import { offeredProviders } from "@/server/api/providers";
import { getT } from "../lib/i18n/server";
import { homeOf } from "../ui/nav-items";
import { Link } from "../ui/link";
import { PasswordForm } from "./password-form";
import { ProviderButtons } from "./provider-buttons";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT())("signIn.title") };
}

const reasons = {
  ended: "signIn.ended",
  expired: "signIn.expired",
  deleted: "signIn.deleted",
  "no-account": "signIn.refused.no-account",
  disabled: "signIn.refused.disabled",
  invitation: "signIn.refused.invitation",
} as const;

export default async function Page({ searchParams }: SearchProps) {
  const actor = await getActor();
  if (actor) redirect(homeOf(actor));
  const t = await getT();
  const { reason, error } = await searchParams;
  const key = Object.hasOwn(reasons, String(reason))
    ? reasons[reason as keyof typeof reasons]
    : error
      ? "signIn.refused.error"
      : null;
  return (
    <>
      <h1 className="text-xl font-semibold">{t("signIn.title")}</h1>
      {key ? <output className="mt-1 block text-muted">{t(key)}</output> : null}
      <PasswordForm />
      <ProviderButtons providers={offeredProviders()} />
      <p className="mt-6 text-sm">
        <Link href="/sign-in/by-email">{t("signIn.ask.link")}</Link>
      </p>
      <p className="mt-4 text-sm text-muted">{t("signIn.link.help")}</p>
    </>
  );
}
